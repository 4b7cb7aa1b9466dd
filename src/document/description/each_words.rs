//! Visits every word list of a tree for modification in place.

use super::{
    Clause, ClauseCrossing, ClausePart, Description, Direction, Heading, Landmark, LeftOnSide, LiesOn, Passing,
    PointClause, PointLocation, Rule, Section, SideStatement, Statement, Tie, Via, Words,
};

/// A value that contains words.
pub(super) trait EachWords {
    /// Calls the function with every [`Words`], in the order of the fields.
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words));
}

impl EachWords for Words {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        change(self);
    }
}

impl<T: EachWords> EachWords for Vec<T> {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        self.iter_mut().for_each(|value| value.each_words(change));
    }
}

impl<T: EachWords> EachWords for Option<T> {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        self.iter_mut().for_each(|value| value.each_words(change));
    }
}

/// Implements the trait for structs by listing the fields that contain words.
macro_rules! fields_with_words {
    ($($type:ident: $($field:ident),+;)+) => {$(
        impl EachWords for $type {
            fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
                $(self.$field.each_words(change);)+
            }
        }
    )+};
}

fields_with_words! {
    Landmark: name, also, of, territory;
    Tie: direction, from;
    LiesOn: landmark;
    PointLocation: on, at, near, ties;
    ClauseCrossing: what, ties;
    LeftOnSide: what, territory;
    Passing: what;
    Via: landmark;
    ClausePart: along, between, map, directions, via, crosses, leaves, passes, profile;
    Clause: from_location, parts, directions, to_location, sides, unresolved;
    SideStatement: territory, what;
    PointClause: meeting, location;
    Section: heading, statements;
    Description: title, parties, place_and_date, basis, rules, sections;
}

impl EachWords for Direction {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        match &mut self.heading {
            Heading::Range { text, .. } | Heading::Text(text) => change(text),
            Heading::Wind(_) | Heading::Winds(_) | Heading::Bearing(_) | Heading::Turn { .. } | Heading::Same => {}
        }
    }
}

impl EachWords for Rule {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        match self {
            Rule::Undetermined(one) => one.what.each_words(change),
            Rule::Other(words) => change(words),
            _ => {}
        }
    }
}

impl EachWords for Statement {
    fn each_words(&mut self, change: &mut dyn FnMut(&mut Words)) {
        match self {
            Statement::Point(point) => point.each_words(change),
            Statement::Leg(leg) => leg.each_words(change),
            Statement::Rule(rule) => rule.each_words(change),
            Statement::Text(words) => change(words),
            Statement::Totals(_) => {}
        }
    }
}

impl Statement {
    /// Adds the words of the same statement in another language; `false` if the statements differ in anything else.
    #[cfg(feature = "plates")]
    pub(in crate::document) fn join(&mut self, other: &Statement) -> bool {
        // Words of any language are equal, but not to none.
        let bare = |statement: &Statement| {
            let mut bare = statement.clone();
            bare.each_words(&mut |words| {
                if !words.is_empty() {
                    *words = Words::of("", "");
                }
            });
            bare
        };
        if bare(self) != bare(other) {
            return false;
        }
        let mut theirs = Vec::new();
        other.clone().each_words(&mut |words| theirs.push(words.clone()));
        let mut theirs = theirs.into_iter();
        self.each_words(&mut |words| words.0.extend(theirs.next().unwrap_or_default().0));
        true
    }
}

impl Description {
    /// The tree as a text in one language prints it: all words in that language.
    ///
    /// # Examples
    /// ```
    /// use merestone::document::description::{Description, Words};
    /// let mut tree = Description::default();
    /// tree.title = Words::of("en", "Description").and("ru", "Описание");
    /// assert_eq!(tree.only("ru").title, Words::of("ru", "Описание"));
    /// ```
    pub fn only(&self, language: &str) -> Description {
        let mut tree = self.clone();
        tree.each_words(&mut |words| *words = words.only(language));
        for source in &mut tree.sources {
            source.name = source.name.only(language);
        }
        tree
    }
}

impl Clause {
    /// The leg as a text in one language prints it: all words in that language.
    pub fn only(&self, language: &str) -> Clause {
        let mut leg = self.clone();
        leg.each_words(&mut |words| *words = words.only(language));
        leg
    }
}
