//! The components of a message, those within others included
//! (<https://discord.com/developers/docs/components/reference>).

use serde_json::Value;

/// The keys under which components have others.
const INNER: [&str; 2] = ["components", "accessory"];

/// Calls a function with each component of a list, a container before what is in it.
pub(super) fn each<'a>(components: &'a [Value], call: &mut impl FnMut(&'a Value)) {
    for component in components {
        call(component);
        for inner in INNER.iter().filter_map(|key| component.get(key)) {
            each(inner.as_array().map_or(std::slice::from_ref(inner), Vec::as_slice), call);
        }
    }
}

/// The same for changing them. What is no list has none.
pub(super) fn each_mut(components: &mut Value, call: &mut impl FnMut(&mut Value)) {
    let list = match components {
        Value::Array(list) => list.as_mut_slice(),
        Value::Object(_) => std::slice::from_mut(components),
        _ => return,
    };
    for component in list {
        call(component);
        for key in INNER {
            component.get_mut(key).into_iter().for_each(|inner| each_mut(inner, call));
        }
    }
}
