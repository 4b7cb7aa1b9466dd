//! XML documents (XML 1.0) as trees. The only module that uses `quick_xml`.

use crate::io::text::{Encoding, xml_in_utf8};
use crate::io::{Limits, Problem, ReadError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// An element with its contents.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name with its prefix.
    qualified: Rc<str>,
    attributes: Vec<(Rc<str>, String)>,
    nodes: Vec<Node>,
    /// Position in the text of the end of its start tag.
    pub at: usize,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl Element {
    /// Its name without its prefix.
    pub fn name(&self) -> &str {
        local(&self.qualified)
    }

    /// Its name with its prefix.
    pub fn qualified(&self) -> &str {
        &self.qualified
    }

    /// The attribute with this name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| local(key) == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly in it.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| if let Node::Element(child) = node { Some(child) } else { None })
    }

    /// The first element with this name directly in it.
    pub fn child<'s>(&'s self, name: &str) -> Option<&'s Element> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements with this name directly in it.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Element> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The text directly in it.
    pub fn text(&self) -> Cow<'_, str> {
        let mut texts =
            self.nodes.iter().filter_map(|node| if let Node::Text(text) = node { Some(text) } else { None });
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(first), Some(second)) => {
                Cow::Owned([first, second].into_iter().chain(texts).map(String::as_str).collect())
            }
        }
    }

    /// The text of the first element with this name, if there is one and it has some.
    pub fn text_of(&self, name: &str) -> Option<Cow<'_, str>> {
        self.child(name).map(Element::text).filter(|text| !text.is_empty())
    }

    /// Its contents as XML.
    pub fn markup(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(&quick_xml::escape::partial_escape(text)),
                Node::Element(child) => {
                    out.push('<');
                    out.push_str(&child.qualified);
                    for (name, value) in &child.attributes {
                        let value = quick_xml::escape::escape(value.as_str());
                        out.push_str(&format!(" {name}=\"{value}\""));
                    }
                    if child.nodes.is_empty() {
                        out.push_str(" />");
                        continue;
                    }
                    out.push('>');
                    child.markup(out);
                    out.push_str(&format!("</{}>", child.qualified));
                }
            }
        }
    }
}

/// A document: its text, its root, and a note on its encoding.
pub(super) struct Document {
    text: String,
    /// Found when the first fault is reported.
    places: OnceCell<Places>,
    pub root: Element,
    pub note: Option<String>,
}

impl Document {
    /// Parses a document; entities of its own are not supported, so that none expands.
    ///
    /// # Errors
    /// It is not well-formed (with line and column), nested too deep, or not text in its encoding.
    pub fn parse(bytes: &[u8], path: &str, said: Option<Encoding>, limits: Limits) -> Result<Self, ReadError> {
        let (text, note) = match xml_in_utf8(bytes, path, said)? {
            Some(xml) => (xml.text, xml.note),
            None => (bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).to_vec(), None),
        };
        // Only text that declares ISO 8859-1 or ASCII is not UTF-8 here.
        let text =
            String::from_utf8(text).unwrap_or_else(|error| error.as_bytes().iter().map(|b| *b as char).collect());
        let root = tree(&text, limits).map_err(|(at, fault)| match fault {
            Fault::Deep => ReadError::new(path, Problem::TooDeep(limits.max_depth)),
            Fault::Syntax(reason) => {
                let (line, column) = after((1, 1), &text.as_bytes()[..at.min(text.len())]);
                ReadError::new(path, Problem::NotXml { reason, line, column })
            }
        })?;
        Ok(Document { text, places: OnceCell::new(), root, note })
    }

    /// A fault of an element, with its line and column.
    pub fn fault(&self, element: &Element, reason: String) -> Problem {
        let places = self.places.get_or_init(|| Places::of(&self.text));
        let (line, column) = places.line_and_column(&self.text, element.at);
        Problem::NotXml { reason, line, column }
    }
}

/// Line and column (in characters, both from 1) of the first byte of each block of a text, so that many faults in a long text take
/// time in proportion to their number.
struct Places(Vec<(usize, usize)>);

impl Places {
    /// Bytes per block.
    const BLOCK: usize = 4096;

    fn of(text: &str) -> Self {
        let mut starts = vec![(1, 1)];
        for block in text.as_bytes().chunks(Places::BLOCK) {
            starts.push(after(starts[starts.len() - 1], block));
        }
        Places(starts)
    }

    fn line_and_column(&self, text: &str, at: usize) -> (usize, usize) {
        let at = at.min(text.len());
        let block = at / Places::BLOCK;
        after(self.0[block], &text.as_bytes()[block * Places::BLOCK..at])
    }
}

/// Line and column after some bytes, given those before them.
fn after((line, column): (usize, usize), bytes: &[u8]) -> (usize, usize) {
    // A character begins at each byte that does not continue one.
    let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(end) => (line + bytes.iter().filter(|byte| **byte == b'\n').count(), 1 + characters(&bytes[end + 1..])),
        None => (line, column + characters(bytes)),
    }
}

enum Fault {
    Deep,
    Syntax(String),
}

fn tree(text: &str, limits: Limits) -> Result<Element, (usize, Fault)> {
    let mut reader = Reader::from_str(text);
    let mut names: FxHashSet<Rc<str>> = FxHashSet::default();
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position() as usize;
        let syntax = |reason: String| (at, Fault::Syntax(reason));
        let event = event.map_err(|error| (reader.error_position() as usize, Fault::Syntax(error.to_string())))?;
        let mut finished = None;
        match event {
            Event::Start(tag) => {
                if open.len() >= limits.max_depth as usize {
                    return Err((at, Fault::Deep));
                }
                open.push(element(&tag, at, &mut names).map_err(syntax)?);
            }
            Event::Empty(tag) => finished = Some(element(&tag, at, &mut names).map_err(syntax)?),
            Event::End(_) => finished = open.pop(),
            Event::Text(part) => add(&mut open, &part.xml10_content()),
            Event::CData(part) => add(&mut open, &part.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| syntax(error.to_string()))?;
                match (character, resolve_predefined_entity(&reference)) {
                    (Some(character), _) => add(&mut open, character.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => add(&mut open, text),
                    (None, None) => return Err(syntax(format!("the entity &{}; is not defined", &*reference))),
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            Event::Eof => {
                return match (open.pop(), root) {
                    (Some(open), _) => Err(syntax(format!("the text ends inside <{}>", open.qualified))),
                    (None, None) => Err(syntax("there is no element".to_owned())),
                    (None, Some(root)) => Ok(root),
                };
            }
        }
        if let Some(finished) = finished {
            match open.last_mut() {
                Some(parent) => parent.nodes.push(Node::Element(finished)),
                None if root.is_some() => return Err(syntax("there is a second root element".to_owned())),
                None => root = Some(finished),
            }
        }
    }
}

fn element(tag: &BytesStart<'_>, at: usize, names: &mut FxHashSet<Rc<str>>) -> Result<Element, String> {
    let qualified = interned(tag.name().as_ref(), names);
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = interned(attribute.key.as_ref(), names);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.push((name, value.into_owned()));
    }
    Ok(Element { qualified, attributes, nodes: Vec::new(), at })
}

/// A name that is in memory once, however often it occurs.
fn interned(name: &str, names: &mut FxHashSet<Rc<str>>) -> Rc<str> {
    if let Some(known) = names.get(name) {
        return known.clone();
    }
    let name: Rc<str> = name.into();
    names.insert(name.clone());
    name
}

/// Adds text to the innermost open element. White space between elements is dropped.
fn add(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        Some(Node::Element(_)) if text.trim().is_empty() => {}
        _ => element.nodes.push(Node::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Document, String> {
        Document::parse(text.as_bytes(), "a.xml", None, Limits::DEFAULT).map_err(|error| error.to_string())
    }

    #[test]
    fn text_and_attributes_are_unescaped() {
        let document = parse("<a x='1 &lt; 2'>b &amp; c<![CDATA[<d>]]>&#x416;<e/>\n</a>").expect("it is well-formed");
        assert_eq!(document.root.text(), "b & c<d>Ж");
        assert_eq!(document.root.attribute("x"), Some("1 < 2"));
        assert!(document.root.child("e").is_some());
    }

    #[test]
    fn places_in_a_long_text_are_those_counted_from_its_start() {
        let text: String = (0..20_000).map(|i| ["a", "ж", "\n", "字"][i * i % 7 % 4]).collect();
        let places = Places::of(&text);
        for (at, _) in text.char_indices().step_by(97) {
            let before = &text[..at];
            let column = before.rsplit('\n').next().expect("a line").chars().count() + 1;
            assert_eq!(places.line_and_column(&text, at), (before.matches('\n').count() + 1, column));
        }
        assert_eq!(places.line_and_column("", 0), (1, 1));
    }

    #[test]
    fn faults_have_a_line_and_a_column() {
        let said = |text: &str| parse(text).err().expect("it is refused");
        assert!(said("<a>\n<b></a>").contains("line 2"), "{}", said("<a>\n<b></a>"));
        assert!(said("<a>\n <b>&all;</b></a>").contains("line 2, column 10: the entity &all; is not defined"));
        assert!(said("<a><b>").contains("ends inside <b>"));
        assert!(said(&format!("{}{}", "<a>".repeat(200), "</a>".repeat(200))).contains("deeper than 127 levels"));
        let bomb = "<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        assert!(said(bomb).contains("the entity &y; is not defined"), "{}", said(bomb));
    }
}
