//! Files of allowed signers, in the format of `ssh-keygen` (section ALLOWED SIGNERS of its manual).

use super::key::{ALGORITHM, KeyError, PublicKey};
use super::signature::NAMESPACE;

/// A signer whose key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedSigner {
    /// Names of the signer (principals).
    pub names: Vec<String>,
    /// The signer's key.
    pub key: PublicKey,
}

/// A line of a file of allowed signers that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
#[non_exhaustive]
pub struct SignersError {
    /// The line, from 1.
    pub line: usize,
    /// The reason.
    pub problem: SignersProblem,
}

/// Why a line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignersProblem {
    /// It has no name and key.
    #[error("it has no names followed by a key")]
    Parts,
    /// A quotation mark is open.
    #[error("a quotation mark is not closed")]
    Quote,
    /// The key is damaged.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// An option has an unknown name.
    #[error("the option \"{0}\" is unknown")]
    Option(String),
    /// A date has an unknown form.
    #[error("\"{0}\" is no date like 20260131 or 202601311530")]
    Date(String),
    /// The key is limited in time, and no date is given to test it at.
    #[error("the key is limited in time, and a signature states no time")]
    Undated,
}

/// Parses a file of allowed signers; `at` is the date at which keys limited in time must be valid (`20260131`, with
/// hours and minutes `202601311530`, in UTC).
///
/// Keys of other algorithms, authorities of certificates, keys for other purposes and keys not valid at the date are left
/// out: no signature by them is accepted.
///
/// # Errors
/// The first line that is malformed.
///
/// # Example
/// ```
/// use merestone::document::seal::parse_signers;
///
/// let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
/// let signers = parse_signers(&format!("# both sides\na,secretary namespaces=\"merestone-seal\" {key}\n"), None)?;
/// assert_eq!(signers[0].names, ["a", "secretary"]);
/// # Ok::<(), merestone::document::seal::SignersError>(())
/// ```
pub fn parse_signers(text: &str, at: Option<&str>) -> Result<Vec<AllowedSigner>, SignersError> {
    let mut signers = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_text = line.trim();
        if line_text.is_empty() || line_text.starts_with('#') {
            continue;
        }
        let wrong = |problem| SignersError { line: index + 1, problem };
        signers.extend(signer(line_text, at).map_err(wrong)?);
    }
    Ok(signers)
}

/// A line; `None` if its key is not accepted for seals.
fn signer(line: &str, at: Option<&str>) -> Result<Option<AllowedSigner>, SignersProblem> {
    let (names, rest) = word(line)?;
    let (second, after) = word(rest)?;
    let is_key = |word: &str| ["ssh-", "ecdsa-", "sk-"].iter().any(|start| word.starts_with(start));
    let (options, key) = if is_key(second) { ("", rest) } else { (second, after) };
    let key = key.trim_start();
    let algorithm = key.split_whitespace().next().unwrap_or_default();
    if !is_key(algorithm) {
        return Err(SignersProblem::Parts);
    }
    let names: Vec<String> =
        unquoted(names).split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.is_empty() {
        return Err(SignersProblem::Parts);
    }
    let accepted = accepts(options, at)?;
    if algorithm != ALGORITHM || !accepted {
        return Ok(None);
    }
    Ok(Some(AllowedSigner { names, key: PublicKey::parse(key)? }))
}

/// The first word of a line, in which quoted text may have spaces, and the rest.
fn word(text: &str) -> Result<(&str, &str), SignersProblem> {
    let text = text.trim_start();
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        c.is_whitespace() && !quoted
    });
    match end {
        Some((end, _)) => Ok((&text[..end], &text[end..])),
        None if quoted => Err(SignersProblem::Quote),
        None => Ok((text, "")),
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// Whether the options of a line permit seals, at the date.
fn accepts(options: &str, at: Option<&str>) -> Result<bool, SignersProblem> {
    let mut accepted = true;
    let mut quoted = false;
    let separate = |c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    };
    for option in options.split(separate).filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let value = unquoted(value);
        match name.to_ascii_lowercase().as_str() {
            "namespaces" => accepted &= value.split(',').any(|pattern| matches(pattern.trim(), NAMESPACE)),
            "cert-authority" => accepted = false,
            "valid-after" => accepted &= time(at.ok_or(SignersProblem::Undated)?)? >= time(value)?,
            "valid-before" => accepted &= time(at.ok_or(SignersProblem::Undated)?)? <= time(value)?,
            _ => return Err(SignersProblem::Option(name.to_owned())),
        }
    }
    Ok(accepted)
}

/// A date as fourteen digits: year, month, day, hour, minute, second.
fn time(text: &str) -> Result<String, SignersProblem> {
    let digits = text.strip_suffix('Z').unwrap_or(text);
    let fits = [8, 12, 14].contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(format!("{digits:0<14}")) } else { Err(SignersProblem::Date(text.to_owned())) }
}

/// Whether a pattern with `*` and `?` matches a whole text (greedy matching with one point of return: linear in practice,
/// never more than the product of the lengths).
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t, mut back) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                back = Some((p, t));
                p += 1;
            }
            Some(c) if *c == b'?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match back {
                Some((star, from)) => {
                    back = Some((star, from + 1));
                    (p, t) = (star + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea c";

    #[test]
    fn lines_for_other_purposes_and_times_are_left_out() {
        let read = |options: &str, at| parse_signers(&format!("a {options} {KEY}"), at).map(|all| all.len());
        assert_eq!(read("", None), Ok(1));
        assert_eq!(read("namespaces=\"file,merestone-*\"", None), Ok(1));
        assert_eq!(read("namespaces=\"file\"", None), Ok(0));
        assert_eq!(read("cert-authority", None), Ok(0));
        assert_eq!(read("valid-after=\"20260101\",valid-before=\"20261231\"", Some("20260601")), Ok(1));
        assert_eq!(read("valid-before=\"20261231\"", Some("20270101")), Ok(0));
        let undated = SignersError { line: 1, problem: SignersProblem::Undated };
        assert_eq!(read("valid-before=\"20261231\"", None), Err(undated));
    }

    #[test]
    fn malformed_lines_are_refused_with_their_number() {
        for (line, problem) in [
            ("a", SignersProblem::Parts),
            ("a \"b ssh-ed25519", SignersProblem::Quote),
            ("a ssh-ed25519 !!!", SignersProblem::Key(KeyError::Damaged)),
            ("a colour=red ssh-ed25519 AAAA", SignersProblem::Option("colour".into())),
        ] {
            assert_eq!(parse_signers(&format!("# one\n{line}"), None), Err(SignersError { line: 2, problem }));
        }
    }

    #[test]
    fn patterns() {
        assert!(matches("*", NAMESPACE) && matches("mere?tone-*", NAMESPACE) && matches("*seal", NAMESPACE));
        assert!(!matches("mere", NAMESPACE) && !matches("*x*", NAMESPACE) && !matches("", NAMESPACE));
    }
}
