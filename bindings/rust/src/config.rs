//! The configuration of a scheduler.

use crate::json::{self, Value};
use crate::{Error, Result};

/// The configuration of a scheduler as a JSON object, with errors that name the key. Empty text is an
/// empty object. Call [`Config::finish`] after the last member was read, so that a misspelt key is an
/// error.
#[derive(Clone, Debug)]
pub struct Config {
    members: Value,
    known: Vec<String>,
}

fn fail<T>(message: String) -> Result<T> {
    Err(Error::new(format!("configuration: {message}")))
}

/// The beginning of a long text, for a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_string(),
    }
}

impl Config {
    pub fn parse(text: &str) -> Result<Self> {
        let is_blank = text.trim().is_empty();
        match json::parse(if is_blank { "{}" } else { text }) {
            Ok(members @ Value::Object(_)) => Ok(Self { members, known: Vec::new() }),
            _ => fail(format!("must be a JSON object, is '{}'", shortened(text))),
        }
    }

    /// The member, if it is there.
    pub fn value(&mut self, key: &str) -> Option<&Value> {
        self.known.push(key.to_string());
        self.members.get(key)
    }

    /// One of `words`; the first one if the key is not there.
    pub fn word<'w>(&mut self, key: &str, words: &[&'w str]) -> Result<&'w str> {
        let value = match self.value(key) {
            None => return Ok(words[0]),
            Some(value) => value,
        };
        match words.iter().find(|word| value.as_str() == Some(**word)) {
            Some(word) => Ok(word),
            None => {
                let list: Vec<String> = words.iter().map(|word| json::quoted(word)).collect();
                let value = shortened(&value.to_string());
                fail(format!("'{key}' must be one of {}, is {value}", list.join(", ")))
            }
        }
    }

    /// A number; `otherwise` if the key is not there.
    pub fn number(&mut self, key: &str, otherwise: f64) -> Result<f64> {
        match self.value(key) {
            None => Ok(otherwise),
            Some(Value::Number(number)) => Ok(*number),
            Some(value) => {
                let value = shortened(&value.to_string());
                fail(format!("'{key}' must be a number, is {value}"))
            }
        }
    }

    /// `true` or `false`; `otherwise` if the key is not there.
    pub fn flag(&mut self, key: &str, otherwise: bool) -> Result<bool> {
        match self.value(key) {
            None => Ok(otherwise),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(value) => {
                let value = shortened(&value.to_string());
                fail(format!("'{key}' must be true or false, is {value}"))
            }
        }
    }

    /// An error if there are members that nobody has asked for.
    pub fn finish(self) -> Result<()> {
        let members = match &self.members {
            Value::Object(members) => members,
            _ => return Ok(()),
        };
        match members.iter().find(|(key, _)| !self.known.contains(key)) {
            None => Ok(()),
            Some((key, _)) => {
                let known: Vec<String> = self.known.iter().map(|key| format!("'{key}'")).collect();
                let known = match known.len() {
                    0 => "there are none".to_string(),
                    _ => format!("known are {}", known.join(", ")),
                };
                fail(format!("unknown key '{}'; {known}", shortened(key)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_is_an_empty_object() {
        let mut config = Config::parse(" \n").unwrap();
        assert_eq!(config.word("order", &["first", "last"]).unwrap(), "first");
        assert_eq!(config.number("count", 4.0).unwrap(), 4.0);
        assert!(config.flag("quiet", true).unwrap());
        assert!(config.finish().is_ok());
    }

    #[test]
    fn reads_members() {
        let text = r#"{"order": "last", "count": 2, "quiet": true}"#;
        let mut config = Config::parse(text).unwrap();
        assert_eq!(config.word("order", &["first", "last"]).unwrap(), "last");
        assert_eq!(config.number("count", 4.0).unwrap(), 2.0);
        assert!(config.flag("quiet", false).unwrap());
        assert!(config.finish().is_ok());
    }

    #[test]
    fn errors_name_the_key() {
        let mut config = Config::parse(r#"{"order": 3, "ordre": 1}"#).unwrap();
        let wrong = config.word("order", &["first", "last"]).unwrap_err().to_string();
        assert_eq!(wrong, r#"configuration: 'order' must be one of "first", "last", is 3"#);
        let unknown = config.finish().unwrap_err().to_string();
        assert_eq!(unknown, "configuration: unknown key 'ordre'; known are 'order'");
    }

    #[test]
    fn refuses_what_is_no_object() {
        let wrong = Config::parse("[1]").unwrap_err().to_string();
        assert_eq!(wrong, "configuration: must be a JSON object, is '[1]'");
    }
}
