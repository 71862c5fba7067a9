/// Exports a declaration to JavaScript.
///
/// The declaration stands at the top level of a file. It appears under its name in the object that `init()` of the built package
/// returns, and in its declaration file with this documentation comment.
///
/// - A **function** takes and returns `Bool`, `String`, the integers (of 64 bits as `bigint`, `Int` as a `number` that is checked),
///   `Float`, `Double`, optionals, arrays and `[String: T]` dictionaries of these (arrays of numbers are typed arrays, copied),
///   structs, enums and classes that carry `@JS`, ``JSValue`` and ``JSSharedMemory``. It takes ``SharedBuffer``s, which are not copied, and functions
///   of JavaScript, which may be called from any thread. An `inout` array of numbers is copied back. A tuple may be the whole of what is returned: as
///   an array, or as an object if it has labels. JavaScript may leave out what has a default value. `throws(E)` becomes a
///   JavaScript error that holds the value of the `@JS` enum or struct `E`.
/// - A **struct** is a plain object of its stored properties, copied. It has an initializer that takes all of them by their names, in
///   their order, as the compiler makes it unless there is another one.
/// - An **enum** is the name of its case, or its raw value if that is a `String`; with payloads it is an object that has the name
///   in `case`, and the payload by its labels: `value` where there is none, or `value0`, `value1` and so on.
/// - A **final class** is held by handles, and exports those of its initializers, methods and properties that carry `@JS`. On a page
///   calls run at the same time on several threads: those on objects of classes that are not `Sendable` run one after the other.
/// - An **enum without cases** is an object that holds its static functions and properties that carry `@JS`.
///
/// On a page each function also takes `{ signal, onProgress }` as a last argument. A function sees that the signal was given by a
/// parameter of type `Cancellation`, and tells its progress by one of type `ProgressCounter`; JavaScript passes nothing for these.
///
/// Natively the attribute does nothing. An executable of several files needs an entry point to link there, although the web does
/// without: a `main.swift`, which may be empty, or a type with `@main`.
@attached(peer, names: prefixed(__weft_js_), prefixed(__weft_direct_), prefixed(__weft_codec_))
public macro JS() = #externalMacro(module: "WeftMacros", type: "JSMacro")

/// Declares a function of JavaScript's, which Swift calls like its own. It has no body.
///
/// What crosses is what an exported function may take and return, except for functions, shared buffers and tuples. A function that may
/// throw says `throws(JSError)`; where one without this throws, the program stops with its message.
///
/// - Parameters:
///   - source: Where JavaScript finds it.
///   - thread: Where it runs: on the thread that calls, or on the page. Then the caller waits; promises are waited for as well.
///   - name: What JavaScript calls it, if not like Swift: `"console.log"`.
@attached(peer, names: prefixed(__weft_js_))
@attached(body)
public macro JS(_ source: JSSource, on thread: JSThread = .caller, name: StaticString = "") =
  #externalMacro(module: "WeftMacros", type: "JSImportMacro")

/// Declares a variable of JavaScript's. It has a type and nothing else; to read it or write it does so in JavaScript.
///
/// It is no overload of `@JS`: the compiler would take every property with that attribute for one that may be computed.
///
/// - Parameters: As for functions.
@attached(peer, names: prefixed(__weft_js_))
@attached(accessor)
public macro JSVariable(_ source: JSSource, on thread: JSThread = .caller, name: StaticString = "") =
  #externalMacro(module: "WeftMacros", type: "JSImportMacro")

/// Where JavaScript finds what Swift imports.
public enum JSSource: Sendable {
  /// In the global scope: `Math.hypot`, `document`.
  case global
  /// Among the exports of the app's own module: the file `imports.js` beside `Package.swift`.
  case module
}

/// The thread that a function of JavaScript's runs on.
public enum JSThread: Sendable {
  /// The one that calls it. Functions that only a page has are not there in the pool's threads.
  case caller
  /// The page; in Node or in a worker, the thread that has called `init()`.
  case page
}
