//! JSON, for configurations and what the simulator gives as JSON. For more there are other crates.

use std::fmt;

/// Numbers are doubles: whole ones are exact up to 2^53.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    /// In the order of the text. Of equal keys the last one counts.
    Object(Vec<(String, Value)>),
}

/// What is wrong with a text, and at which byte of it, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub position: usize,
    pub message: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "JSON: {} at byte {}", self.message, self.position)
    }
}

impl std::error::Error for ParseError {}

impl Value {
    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => {
                members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(values) => Some(values),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Number(number) => write!(out, "{number}"),
            Value::String(text) => out.write_str(&quoted(text)),
            Value::Array(values) => {
                let values: Vec<String> = values.iter().map(Value::to_string).collect();
                write!(out, "[{}]", values.join(","))
            }
            Value::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{value}", quoted(name)))
                    .collect();
                write!(out, "{{{}}}", members.join(","))
            }
        }
    }
}

/// The text as a JSON string.
pub fn quoted(text: &str) -> String {
    let mut result = String::from('"');
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            c if c < ' ' => result.push_str(&format!("\\u{:04x}", c as u32)),
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

/// How deep values may be nested; the simulator takes less.
const DEEPEST: usize = 250;

pub fn parse(text: &str) -> Result<Value, ParseError> {
    let mut parser = Parser { text, position: 0, depth: 0 };
    let value = parser.value()?;
    parser.skip_space();
    match parser.peek() {
        None => Ok(value),
        Some(_) => parser.fail("there is more after the value"),
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
}

type Parsed<T> = Result<T, ParseError>;

impl<'a> Parser<'a> {
    fn fail<T>(&self, message: &'static str) -> Parsed<T> {
        Err(ParseError { position: self.position, message })
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
    fn skip_space(&mut self) {
        let rest = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
        self.position = self.text.len() - rest.len();
    }
    fn take(&mut self, word: &str) -> bool {
        let is_there = self.rest().starts_with(word);
        self.position += if is_there { word.len() } else { 0 };
        is_there
    }
    /// Whether this mark comes next, after space.
    fn mark(&mut self, mark: &str) -> bool {
        self.skip_space();
        self.take(mark)
    }

    fn value(&mut self) -> Parsed<Value> {
        self.skip_space();
        match self.peek() {
            Some('{') => self.nested(Self::object),
            Some('[') => self.nested(Self::array),
            Some('"') => self.string().map(Value::String),
            Some('-' | '0'..='9') => self.number(),
            _ if self.take("true") => Ok(Value::Bool(true)),
            _ if self.take("false") => Ok(Value::Bool(false)),
            _ if self.take("null") => Ok(Value::Null),
            _ => self.fail("a value is expected"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Value>) -> Parsed<Value> {
        if self.depth == DEEPEST {
            return self.fail("values are nested too deep");
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Parsed<Value> {
        self.take("[");
        let mut values = Vec::new();
        if self.mark("]") {
            return Ok(Value::Array(values));
        }
        loop {
            values.push(self.value()?);
            if self.mark("]") {
                return Ok(Value::Array(values));
            }
            if !self.mark(",") {
                return self.fail("',' or ']' is expected");
            }
        }
    }

    fn object(&mut self) -> Parsed<Value> {
        self.take("{");
        let mut members = Vec::new();
        if self.mark("}") {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            if !self.mark(":") {
                return self.fail("':' is expected");
            }
            members.push((name, self.value()?));
            if self.mark("}") {
                return Ok(Value::Object(members));
            }
            if !self.mark(",") {
                return self.fail("',' or '}' is expected");
            }
        }
    }

    fn number(&mut self) -> Parsed<Value> {
        let begin = self.position;
        self.take("-");
        if !self.take("0") {
            self.digits()?;
        }
        if self.take(".") {
            self.digits()?;
        }
        if self.take("e") || self.take("E") {
            let _has_sign = self.take("+") || self.take("-");
            self.digits()?;
        }
        match self.text[begin..self.position].parse() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => self.fail("this is no number"),
        }
    }

    /// One or more.
    fn digits(&mut self) -> Parsed<()> {
        let rest = self.rest().trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == self.rest().len() {
            return self.fail("a digit is expected");
        }
        self.position = self.text.len() - rest.len();
        Ok(())
    }

    fn string(&mut self) -> Parsed<String> {
        if !self.take("\"") {
            return self.fail("a string is expected");
        }
        let mut result = String::new();
        loop {
            match self.peek() {
                Some('"') => {
                    self.position += 1;
                    return Ok(result);
                }
                Some('\\') => result.push(self.escape()?),
                Some(c) if c >= ' ' => {
                    result.push(c);
                    self.position += c.len_utf8();
                }
                _ => return self.fail("a string does not end"),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        const PLAIN: [(&str, char); 8] = [
            ("\\\"", '"'),
            ("\\\\", '\\'),
            ("\\/", '/'),
            ("\\b", '\u{8}'),
            ("\\f", '\u{c}'),
            ("\\n", '\n'),
            ("\\r", '\r'),
            ("\\t", '\t'),
        ];
        for (word, c) in PLAIN {
            if self.take(word) {
                return Ok(c);
            }
        }
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).map_or_else(|| self.fail("half a character"), Ok);
        }
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            return self.fail("half a character");
        }
        let both = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(both).map_or_else(|| self.fail("half a character"), Ok)
    }

    /// `\uxxxx`
    fn unit(&mut self) -> Parsed<u32> {
        let digits = self.rest().strip_prefix("\\u").and_then(|rest| rest.get(..4));
        match digits {
            Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
                self.position += 6;
                Ok(u32::from_str_radix(digits, 16).unwrap_or_default())
            }
            _ => self.fail("an unknown escape"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let text = r#"{"a":[1,-2.5,3000],"b":{"c":null,"d":true},"e":"x\"\\é"}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn takes_space_and_escapes() {
        let value = parse(" { \"k\" :\n[ \"\\u00e9\\ud83d\\ude00\\n\\/\" , 1e3 ] } ").unwrap();
        let values = value.get("k").unwrap().as_array().unwrap();
        assert_eq!(values[0].as_str(), Some("é😀\n/"));
        assert_eq!(values[1].as_f64(), Some(1000.0));
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        assert_eq!(parse(r#"{"a":1,"a":2}"#).unwrap().get("a"), Some(&Value::Number(2.0)));
    }

    #[test]
    fn refuses_what_is_not_json() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "--1",
            "1.e3",
            "\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\\u12\"",
            "\"\n\"",
            "tru",
            "nul",
            "[1 2]",
            "{} {}",
            "nan",
            "'a'",
            "\u{a0}1",
            "1..2",
            "0x1",
        ] {
            assert!(parse(text).is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn refuses_deep_values_without_a_crash() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&("[".repeat(250) + &"]".repeat(250))).is_ok());
    }

    #[test]
    fn says_where() {
        assert_eq!(
            parse("{\"a\": x}").unwrap_err().to_string(),
            "JSON: a value is expected at byte 6"
        );
    }
}
