//! Command lines of a bundle: data from a stranger, tested before they run.

/// What a command line of a bundle may be.
#[derive(Debug, Clone, Copy)]
pub struct CommandRules<'a> {
    /// Names of the commands that may run.
    pub commands: &'a [&'a str],
    /// Options that may not be given.
    pub forbidden: &'a [&'a str],
}

/// A command line that does not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// It has no words.
    #[error("the command line is empty")]
    Empty,
    /// A quotation mark is open.
    #[error("a quotation mark is not closed")]
    Quote,
    /// A character means something to a shell only.
    #[error("\"{0}\" is for a shell, and there is none")]
    Shell(char),
    /// The command may not run.
    #[error("\"{0}\" is no command that a bundle may run")]
    Command(String),
    /// The option may not be given.
    #[error("the option \"{0}\" is not for a bundle")]
    Option(String),
    /// A word leads out of the folder of the bundle, or to the network.
    #[error("\"{0}\" leads out of the folder of the bundle")]
    Outside(String),
    /// A word has control characters.
    #[error("a word has control characters")]
    Control,
}

/// Splits a line into words: at spaces, quoted text whole. There is no shell: no variables, patterns and redirections.
///
/// The name of the program at its beginning is left out.
///
/// # Errors
/// A quotation mark is not closed, or a character outside of quotation marks is for a shell.
///
/// # Example
/// ```
/// use merestone::document::seal::{CommandError, split_command};
///
/// assert_eq!(split_command("merestone map a.geojson -o 'my plate.svg'")?, ["map", "a.geojson", "-o", "my plate.svg"]);
/// assert_eq!(split_command("info > answer.txt"), Err(CommandError::Shell('>')));
/// # Ok::<(), CommandError>(())
/// ```
pub fn split_command(line: &str) -> Result<Vec<String>, CommandError> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.trim().chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, '$' | '`' | '|' | '&' | ';' | '<' | '>' | '\\') => return Err(CommandError::Shell(c)),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err(CommandError::Quote);
    }
    words.extend(word);
    if words.first().is_some_and(|word| word == env!("CARGO_PKG_NAME")) {
        words.remove(0);
    }
    if words.is_empty() { Err(CommandError::Empty) } else { Ok(words) }
}

/// A command line as it is typed: words with spaces or quotation marks are quoted.
pub fn joined_command(words: &[String]) -> String {
    let typed = |word: &String| {
        let plain = |c: char| c.is_alphanumeric() || "-_./=,:#[]+@%".contains(c);
        match (word.chars().all(plain) && !word.is_empty(), word.contains('\'')) {
            (true, _) => word.clone(),
            (false, false) => format!("'{word}'"),
            (false, true) => format!("\"{word}\""),
        }
    };
    words.iter().map(typed).collect::<Vec<_>>().join(" ")
}

/// Tests a command line against the rules: the command is a permitted one, no option is forbidden, and no word, nor a part of
/// it after `=`, `,`, `:` or another separator, is a path out of the folder, an address or a virtual file system.
///
/// # Errors
/// The first word that breaks a rule.
pub fn check_command(words: &[String], rules: &CommandRules<'_>) -> Result<(), CommandError> {
    let command = words.first().ok_or(CommandError::Empty)?;
    if words.iter().any(|word| word.chars().any(char::is_control)) {
        return Err(CommandError::Control);
    }
    if !rules.commands.contains(&command.as_str()) {
        return Err(CommandError::Command(command.clone()));
    }
    for word in &words[1..] {
        let name = word.split('=').next().unwrap_or(word);
        // A long option may be shortened where that is unambiguous.
        let is_short_for = |option: &&str| name.len() > 3 && name.starts_with("--") && option.starts_with(name);
        if rules.forbidden.iter().any(is_short_for) {
            return Err(CommandError::Option(word.clone()));
        }
        if leads_out(word) {
            return Err(CommandError::Outside(word.clone()));
        }
    }
    Ok(())
}

/// Whether a word, or a part of it, is a path that leads out of the current folder.
fn leads_out(word: &str) -> bool {
    // `-o/path` has the value of a short option at once.
    let value = word.strip_prefix('-').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()));
    let separators = |c: char| c.is_whitespace() || "=,:;#[](){}|'\"!<>&".contains(c);
    let is_out = |part: &str| {
        part.starts_with(['/', '~']) || part.split('/').any(|name| name == "..") || part.starts_with("vsi")
    };
    word.contains('\\')
        || word.contains("://")
        || [Some(word), value].into_iter().flatten().any(|text| text.split(separators).any(is_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: CommandRules<'_> =
        CommandRules { commands: &["map", "info", "convert"], forbidden: &["--allow-outside", "--allow-network"] };

    fn check(line: &str) -> Result<(), CommandError> {
        check_command(&split_command(line)?, &RULES)
    }

    #[test]
    fn honest_lines_pass() {
        for line in [
            "map border.geojson -o plates/one.svg",
            "merestone convert data/a.geojson --to EPSG:28408 -o b.shp",
            "info file.gpkg#layer/id --where \"kind in (town, city) and name != 'x y'\" --format json -o a.json",
            "map --layer a.geojson[id=3] --title \"To be continued ...\" -o a.svg",
            "info 45.5,-10 -o x",
        ] {
            assert_eq!(check(line), Ok(()), "{line}");
        }
    }

    #[test]
    fn lines_that_lead_out_are_refused() {
        for word in [
            "/etc/passwd",
            "../secret.geojson",
            "a/../../b",
            "--output=/tmp/x",
            "-o/tmp/x",
            "-o../x",
            "~/x",
            "a,/etc/passwd",
            "GeoJSON:/etc/passwd",
            "http://example.org/a.geojson",
            "/vsicurl/http://example.org",
            "file.geojson#../x",
            "--dataset=..",
        ] {
            let words = ["info".to_owned(), word.to_owned()];
            assert_eq!(check_command(&words, &RULES), Err(CommandError::Outside(word.into())));
        }
        let backslash = ["info".to_owned(), "C:\\x".to_owned()];
        assert_eq!(check_command(&backslash, &RULES), Err(CommandError::Outside("C:\\x".into())));
    }

    #[test]
    fn other_programs_options_and_shells_are_refused() {
        assert_eq!(check("rm -rf x"), Err(CommandError::Command("rm".into())));
        assert_eq!(check("seal x"), Err(CommandError::Command("seal".into())));
        for option in ["--allow-outside", "--allow-network", "--allow-n", "--allow-network=true"] {
            assert_eq!(check(&format!("info a {option}")), Err(CommandError::Option(option.into())));
        }
        for (line, c) in [("info a; rm b", ';'), ("info $HOME", '$'), ("info a | sh", '|'), ("info `x`", '`')] {
            assert_eq!(check(line), Err(CommandError::Shell(c)));
        }
        assert_eq!(check("info 'a"), Err(CommandError::Quote));
        assert_eq!(check("  "), Err(CommandError::Empty));
        assert_eq!(check_command(&["info".into(), "a\nb".into()], &RULES), Err(CommandError::Control));
    }

    #[test]
    fn lines_are_typed_as_they_are_split() {
        for words in [vec!["map", "a b", "", "it's"], vec!["info", "x#1[a=2]"]] {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            assert_eq!(split_command(&joined_command(&words)), Ok(words));
        }
    }
}
