//! The structure of the source: no files that use each other, and none that is too long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemUse, UseTree};

/// Lines that a file may have, unless its header says why it has more.
const MAX_LINES: usize = 600;

/// A module's path below the crate: `["library", "find"]`.
type Module = Vec<String>;

/// Every Rust file of a folder, with its module.
fn files(root: &Path) -> BTreeMap<Module, PathBuf> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            if path.extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            let place = path.strip_prefix(root).unwrap().with_extension("");
            let mut module: Module = place.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib")) {
                module.pop();
            }
            found.insert(module, path);
        }
    }
    found
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|it| it.path().is_ident("cfg") && it.parse_args::<syn::Ident>().is_ok_and(|what| what == "test"))
}

/// What one file uses: the paths in it, without those of its unit tests.
struct Paths {
    found: Vec<Vec<String>>,
}

impl Paths {
    fn add_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(it) => self.add_tree(&with(&it.ident), &it.tree),
            UseTree::Name(it) => self.found.push(with(&it.ident)),
            UseTree::Rename(it) => self.found.push(with(&it.ident)),
            UseTree::Glob(_) => self.found.push(before.to_vec()),
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.add_tree(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(it) => &it.attrs,
            Item::Fn(it) => &it.attrs,
            Item::Use(it) => &it.attrs,
            Item::Impl(it) => &it.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    /// `pub(super)` uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.found.push(path.segments.iter().map(|it| it.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

/// The module whose file a path in `module` leads to, if it is one of the crate's.
fn target(path: &[String], module: &Module, files: &BTreeMap<Module, PathBuf>) -> Option<Module> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let mut whole: Module = match path[0].as_str() {
        "crate" => path[1..].to_vec(),
        "self" => [module, &path[1..]].concat(),
        "super" => [&module[..module.len().checked_sub(ups)?], &path[ups..]].concat(),
        first => {
            let child = [module.as_slice(), &[first.to_string()]].concat();
            // Anything else comes from another crate, or is a name that a `use` has brought.
            files.contains_key(&child).then(|| [module, path].concat())?
        }
    };
    while !files.contains_key(&whole) {
        whole.pop()?;
    }
    Some(whole)
}

#[test]
fn no_files_use_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files(&root);
    let mut uses: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, path) in &files {
        let parsed: File = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut paths = Paths { found: Vec::new() };
        paths.visit_file(&parsed);
        let targets = paths.found.iter().filter_map(|path| target(path, module, &files));
        uses.insert(module, targets.filter(|it| it != module).collect());
    }
    let edges: usize = uses.values().map(BTreeSet::len).sum();
    assert!(files.len() > 100 && edges > 300, "only {edges} uses between {} files were found", files.len());
    // Files that use nothing that is left can't be in a circle, and are taken away until nothing changes.
    loop {
        let free: Vec<Module> =
            uses.iter().filter(|(_, used)| used.is_empty()).map(|(it, _)| (*it).clone()).collect();
        if free.is_empty() {
            break;
        }
        uses.retain(|module, _| !free.contains(module));
        uses.values_mut().for_each(|used| used.retain(|it| !free.contains(it)));
    }
    let left: Vec<String> = uses
        .iter()
        .map(|(module, used)| {
            let used: Vec<String> = used.iter().map(|it| it.join("::")).collect();
            format!("{} uses {}", module.join("::"), used.join(", "))
        })
        .collect();
    assert!(left.is_empty(), "files that use each other, or lead to such:\n{}", left.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in files(&root.join(folder)).into_values() {
            let text = std::fs::read_to_string(&path).unwrap();
            let header: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
            let lines = text.lines().count();
            if lines > MAX_LINES && !header.contains("Long because") {
                long.push(format!("{}: {lines}", path.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(
        long.is_empty(),
        "over {MAX_LINES} lines, and no “Long because …” in the header:\n{}",
        long.join("\n")
    );
}
