/// `classic.js`: for pages and workers that load classic scripts. It makes a global that loads the modules when it is first used.
enum ClassicScript {
  static let fileName = "classic.js"
  static let declarationsFileName = "classic.d.ts"

  static func text(global: String) -> String {
    // `import` in a classic script is relative to the script itself, but not in one of another origin that came without CORS. There
    // the page knows the address.
    """
    // Written by weft; changes are lost with the next build.
    globalThis.\(global) = (() => {
      const script = globalThis.document?.currentScript?.src;
      const load = () => import(/* @vite-ignore */ /* webpackIgnore: true */ script ? new URL("./index.js", script).href : "./index.js");
      return { load, init: async (options) => (await load()).default(options) };
    })();

    """
  }

  static func declarations(global: String) -> String {
    """
    // Written by weft; changes are lost with the next build.

    /** What `classic.js` makes. */
    declare const \(global): {
      /** Starts the program, as `init` of the package does. */
      init: typeof import("./index.js").default;
      /** All that the package exports. */
      load(): Promise<typeof import("./index.js")>;
    };

    """
  }

  /// The product's name as a word of JavaScript: `My App` becomes `MyApp`.
  static func global(of product: String) -> String {
    let name = product.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }
    guard let first = name.first else { return "App" }
    return first.isNumber ? "_\(name)" : name
  }
}
