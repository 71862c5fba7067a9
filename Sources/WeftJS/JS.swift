/// Exports a top-level function to JavaScript.
///
/// The function appears under its name in the object that `init()` of the built package returns, and in its declaration
/// file with this documentation comment. On the web the parameters and the result may be `Bool`, the integers, `Float`,
/// `Double`, `String`, arrays of numbers (typed arrays in JavaScript, copied) and ``SharedBuffer`` (not copied). An `inout`
/// array is copied back.
///
/// Natively the attribute does nothing. An executable of several files needs an entry point to link there, although the web does
/// without: a `main.swift`, which may be empty, or a type with `@main`.
@attached(peer, names: prefixed(__weft_js_))
public macro JS() = #externalMacro(module: "WeftMacros", type: "JSMacro")
