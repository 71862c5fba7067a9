/// `ports.js`: the app for whoever has the other end of a `MessagePort`. It tells the runtime of the exported functions what a message
/// does not tell by itself.
enum PortsScript {
  static let fileName = "ports.js"
  static let declarationsFileName = "ports.d.ts"

  static func text(for app: AppModules) -> String {
    let types = Dictionary(uniqueKeysWithValues: app.declarations.map { ($0.name, $0) })
    var functions = ""
    var owners = ""
    for declaration in app.declarations {
      let members = declaration.functions.map { "    \(member($0.function, of: declaration, types)),\n" }.joined()
      switch declaration {
      case .function: functions += members
      case .classType(let name, _, _, _): owners += owner(name, isClass: true, members)
      case .namespace(let name, _, _): owners += owner(name, isClass: false, members)
      case .structure, .enumeration: break
      }
    }
    let errors = IndexScript.errorNames(in: app).map(JavaScriptText.quoted).joined(separator: ", ")
    return """
      \(IndexScript.firstLine)
      import { connectTo } from "./connecting.js";
      import { exposeProgram } from "./exposing.js";
      const owners = [
      \(owner("", isClass: false, functions))\(owners)];
      export const expose = (app, port, options) => exposeProgram({ owners, errors: [\(errors)] }, app, port, options);
      export const connect = (port) => connectTo(port, () => import("./index.js"));
      export { disconnect } from "./connecting.js";

      """
  }

  private static func owner(_ name: String, isClass: Bool, _ members: String) -> String {
    "  [\(JavaScriptText.quoted(name)), \(isClass), [\n\(members)  ]],\n"
  }

  /// `["method", "add", ["amount"], {}]`
  private static func member(
    _ function: ExportedFunction, of owner: ExportedDeclaration, _ types: [String: ExportedDeclaration]
  ) -> String {
    let taken = function.parameters.filter { $0.type != .control }
    func indices(_ isSo: (ExportedFunction.Parameter) -> Bool) -> String? {
      let indices = taken.indices.filter { isSo(taken[$0]) }
      return indices.isEmpty ? nil : "[\(indices.map(String.init).joined(separator: ", "))]"
    }
    var details: [String] = []
    if let arrays = indices(\.isInout) { details.append("inout: \(arrays)") }
    if let voids = indices(\.type.isVoidFunction) { details.append("voids: \(voids)") }
    if holdsValues(function, types) { details.append("values: true") }
    if taken.count < function.parameters.count { details.append("cancels: true") }
    let name = function.kind == .initializer ? owner.name : function.name
    let parameters = taken.map { JavaScriptText.quoted($0.name) }.joined(separator: ", ")
    let written = details.isEmpty ? "{}" : "{ \(details.joined(separator: ", ")) }"
    return "[\"\(function.kind.rawValue)\", \(JavaScriptText.quoted(name)), [\(parameters)], \(written)]"
  }

  /// Whether values of JavaScript's own are among what the function takes, returns or throws.
  private static func holdsValues(_ function: ExportedFunction, _ types: [String: ExportedDeclaration]) -> Bool {
    /// Without looking into the program's own types.
    func isOrHoldsValue(_ type: BridgedType) -> Bool { type.holds { $0 == .value } }
    var seen: Set<String> = []
    func holds(_ name: String) -> Bool {
      guard seen.insert(name).inserted, let parts = types[name]?.parts else { return false }
      return parts.contains(where: isOrHoldsValue) || parts.flatMap(\.names).contains(where: holds)
    }
    return (function.parameters.map(\.type) + [function.result]).contains(where: isOrHoldsValue) || function.names.contains(where: holds)
  }

  static let declarations = """
    // Written by weft; changes are lost with the next build.
    import type { AsyncExports, NumberArray, NumberArrayType, PageApp, SharedBuffer, ThreadApp } from "./index.js";

    /** One end of a `MessageChannel`, on the web or in Node. */
    export interface Port {
      postMessage(message: any, transfer: any[]): void;
      addEventListener(type: any, listener: (event: any) => void): void;
      removeEventListener(type: any, listener: (event: any) => void): void;
      close(): void;
    }

    /** What `expose` can be told. */
    export interface ExposeOptions {
      /**
       * Whether the client's buffers are the program's memory itself where that can be shared, which it can between pages and workers
       * of one origin; `true` if not given. Who has a buffer then can reach all of the program's memory. Otherwise buffers are copied
       * with each call.
       */
      shareMemory?: boolean;
    }

    /** An app that a client has. */
    export interface Exposure {
      /** Takes the app from the client: its calls reject, and all that it had is let go of. */
      end(): void;
      /** Resolves when the client is gone: it has disconnected or ended, or `end` was called. */
      readonly ended: Promise<void>;
    }

    /** The program as a client sees it: every function returns a promise. */
    export interface ConnectedApp extends AsyncExports {
      /** Whether buffers are the program's memory. If not, they show what Swift wrote once the call is over. */
      readonly shared: boolean;
      /** Allocates `count` elements for functions that take a `SharedBuffer`. Freed as the app's own are, and when the connection ends. */
      alloc<A extends NumberArray>(type: NumberArrayType<A>, count: number): Promise<SharedBuffer<A>>;
    }

    /**
     * Gives the app to whoever has the other end of the port: a worker, an iframe, another page. The port is the app's from then on.
     * An app can be exposed any number of times, each time on a port of its own, and a client can expose what it is connected to.
     */
    export function expose(app: PageApp | ThreadApp | ConnectedApp, port: Port, options?: ExposeOptions): Exposure;

    /**
     * The app that is exposed on the other end of the port; waits until it is. What the functions are given is copied, but for objects of
     * Swift's classes, buffers, functions and values of JavaScript's own, which stay where they are.
     */
    export function connect(port: Port): Promise<ConnectedApp>;

    /** Ends the connection: calls that are not over reject, and all that the client had of the app is let go of. */
    export function disconnect(app: ConnectedApp): void;

    """
}

extension BridgedType {
  fileprivate var isVoidFunction: Bool {
    switch self {
    case .function(_, let result): result == .void
    case .optional(let type): type.isVoidFunction
    default: false
    }
  }
}
