//! What is wrong with a file, where, and how to help it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::say;
use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, Source};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file can't be used.
    Error,
    /// The file can be used, but somebody should look.
    Warning,
}

impl Severity {
    /// What people call it.
    fn name(self) -> String {
        match self {
            Severity::Error => say!("diagnostic-error"),
            Severity::Warning => say!("diagnostic-warning"),
        }
    }
}

/// One thing that is wrong with a file.
///
/// `{diagnostic}` is a single line (`file:line:column: error: message; help`); [`Diagnostic::render`]
/// shows the line of the file too.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The file, as it was named to us.
    pub file: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    place: Option<(Arc<str>, Range<usize>)>,
}

impl Diagnostic {
    /// An error that concerns the file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Diagnostic {
            file: file.into(),
            severity: Severity::Error,
            message: message.into(),
            help: Some(help.into()),
            place: None,
        }
    }

    /// The same as a warning.
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same at a place: `span` is a range of bytes of `text`. It is cut to its first line.
    pub fn at(mut self, text: Arc<str>, span: Range<usize>) -> Self {
        let start = floor(&text, span.start.min(text.len()));
        let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let end = floor(&text, span.end.clamp(start, line_end));
        self.place = Some((text, start..end));
        self
    }

    /// Line and column, both from 1, the column in characters.
    pub fn position(&self) -> Option<(usize, usize)> {
        let (text, span) = self.place.as_ref()?;
        let before = &text[..span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }

    /// Several lines: the message, the place, the line of the file, the help. Without colours.
    pub fn render(&self) -> String {
        let Some((text, span)) = &self.place else {
            return self.to_string();
        };
        // A very long line (a minified JSON) would drown the message.
        let line_start = text[..span.start].rfind('\n').map_or(0, |n| n + 1);
        let line_end = text[span.end..].find('\n').map_or(text.len(), |n| span.end + n);
        if line_end - line_start > 400 {
            return self.to_string();
        }
        let (kind, help) = (self.severity.name(), say!("diagnostic-help"));
        let id = self.file.as_str();
        let mut report = Report::build(ReportKind::Custom(&kind, Color::Primary), (id, span.clone()))
            .with_config(Config::default().with_color(false).with_index_type(IndexType::Byte))
            .with_message(&self.message)
            .with_label(Label::new((id, span.clone())).with_message(say!("diagnostic-here")));
        if let Some(help) = &self.help {
            report = report.with_help(help);
        }
        let mut out = Vec::new();
        match report.finish().write((id, Source::from(text.as_ref())), &mut out) {
            Ok(()) => {
                // A kind with a name of our own is coloured all the same, and the library has one word for help.
                let shown = anstream::adapter::strip_str(&String::from_utf8_lossy(&out)).to_string();
                shown.trim_end().replacen("│ Help: ", &format!("│ {help}: "), 1)
            }
            Err(_) => self.to_string(),
        }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.position() {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}: {}", self.severity.name().to_lowercase(), self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {}", help.replace(":\n", ": ").replace('\n', "; ")),
            None => Ok(()),
        }
    }
}
