/// `index.d.ts`: the types of what `index.js` exports, for TypeScript and for editors.
///
/// One script serves two kinds of callers, and TypeScript cannot know which of them imports it. On a page every function returns a
/// promise, as a page must not block; in a worker or in Node the caller is a thread of the pool, and functions return plain values.
/// So every function is declared twice, in `AsyncExports` and in `Exports`, and `init` is generic in the app that it makes. Promises
/// are the default: `await app.f(x)` is right for both kinds, and who wants the plain value where there is one writes
/// `init<ThreadApp>()`. The alternatives are worse: a result of `T | Promise<T>` would need a cast at every call in a worker, and a
/// second `init` would be one more name to choose between at run time, where there is nothing to choose.
enum Declarations {
  static func text(for functions: [ExportedFunction]) -> String {
    """
    // Written by weft; changes are lost with the next build.

    /** The exported Swift functions as the threads of the app call them: in a worker, in Node, Deno or Bun. */
    export interface Exports {
    \(functions.map { declaration(of: $0) { $0 } }.joined())}

    /** The exported Swift functions as a page calls them: each runs on the threads of the app while the page stays responsive. */
    export interface AsyncExports {
    \(functions.map { declaration(of: $0) { "Promise<\($0)>" } }.joined())}

    \(common)

    """
  }

  private static func declaration(of function: ExportedFunction, returning wrap: (String) -> String) -> String {
    var names: [String] = []
    for parameter in function.parameters { names.append(ReservedNames.parameterName(parameter.name, after: names)) }
    let parameters = zip(names, function.parameters).map { "\($0): \(type(of: $1))" }.joined(separator: ", ")
    return "\(comment(function.doc))  \(function.name)(\(parameters)): \(wrap(type(ofResult: function.result)));\n"
  }

  private static func comment(_ doc: String?) -> String {
    guard let doc else { return "" }
    let lines = doc.replacing("*/", with: "*\\/").split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return "  /** \(lines[0]) */\n" }
    return "  /**\n\(lines.map { $0.isEmpty ? "   *\n" : "   * \($0)\n" }.joined())   */\n"
  }

  /// Arrays are copied, so that a plain one will do as well, unless Swift's changes must go back into it.
  private static func type(of parameter: ExportedFunction.Parameter) -> String {
    if case .array(let number) = parameter.type, !parameter.isInout {
      return "\(number.typedArray) | readonly \(number.isBig ? "bigint" : "number")[]"
    }
    return type(ofResult: parameter.type)
  }

  private static func type(ofResult type: BridgedType) -> String {
    switch type {
    case .void: "void"
    case .bool: "boolean"
    case .string: "string"
    case .number(let number): number.isBig ? "bigint" : "number"
    case .array(let number): number.typedArray
    case .sharedBuffer(let number): "SharedBuffer<\(number.typedArray)>"
    }
  }

  /// What is the same in every package.
  private static let common = """
    /** A running program. */
    export interface App {
      /** The threads that compute, and those that the program has spawned. */
      readonly threads: Threads;
      /** What the app does: `fault`, `memory` and `start` are the reasons why it is over, as in `WeftError`. */
      readonly state: "running" | "terminating" | "terminated" | "fault" | "memory" | "start";
      /** Whether the memory is shared between threads. If not, buffers show what Swift wrote once the call is over. */
      readonly shared: boolean;
      /** Allocates `count` elements in the program's memory, for functions that take a `SharedBuffer`: `app.allocate(Float64Array, 100)`. */
      allocate<A extends NumberArray>(type: NumberArrayType<A>, count: number): SharedBuffer<A>;
      /** Ends all threads; calls that are not over yet reject. */
      terminate(): Promise<void>;
    }

    /** A program's threads. */
    export interface Threads {
      /** How many threads compute; 1 where memory cannot be shared. */
      readonly count: number;
      /**
       * Changes how many threads compute, from 1 to 1024, also while they do. Resolves when new threads have started and those that
       * are too many have finished what they were doing. Does nothing where memory cannot be shared.
       */
      resize(count: number): Promise<void>;
      /** What the started threads do now. A thread is `idle` when the pool has nothing for it, and `waiting` when another thread must do something first. */
      list(): Promise<{ name: string, state: "running" | "waiting" | "idle" }[]>;
    }

    /** The program as a page sees it: functions return promises. `await` on their results is right wherever the script runs. */
    export interface PageApp extends App, AsyncExports {}

    /** The program as a worker, Node, Deno or Bun sees it: functions return their results. */
    export interface ThreadApp extends App, Exports {}

    /** What `init` can be told. */
    export interface InitOptions {
      /** How many threads compute; as many as the machine has cores if not given. */
      threads?: number;
      /** How many bytes the program's memory may grow to. */
      memory?: number;
      /** How many bytes of stack each thread gets. */
      stackSize?: number;
      /**
       * The module instead of the package's own file: its address, a response that brings it, or the module itself. The threaded one
       * where `supportsThreads().supported`, elsewhere the single-threaded one.
       */
      module?: string | URL | Response | WebAssembly.Module | Promise<string | URL | Response | WebAssembly.Module>;
      /** Where the package's `worker.js` is, if not beside the script. */
      workerUrl?: string | URL;
      /** Gets each line that Swift prints, and the name of the thread that prints it. Without it lines go to the console. */
      onLog?: (line: string, threadName: string) => void;
    }

    /** Whether the program can run on several threads here, and if not, why not. It runs in either case. */
    export function supportsThreads(): { supported: boolean, reason?: string };

    /**
     * Starts the program, on all cores if memory can be shared and on one thread if not.
     *
     * In a worker or in Node, write `init<ThreadApp>()` to have the functions typed as returning plain values, as they do there.
     */
    export default function init<A extends PageApp | ThreadApp = PageApp>(options?: InitOptions): Promise<A>;

    /** Numbers in the program's memory, which Swift and JavaScript both read and write without copying. */
    export class SharedBuffer<A extends NumberArray> {
      private constructor();
      /** A view of the elements; take a new one after a call, because the memory may have grown. */
      readonly array: A;
      /** How many elements there are. */
      readonly length: number;
      /** Gives the memory back; the buffer cannot be used any more. */
      dispose(): void;
    }

    /** What Weft itself throws. */
    export class WeftError extends Error {
      private constructor();
      /**
       * - `start`: a worker or the module could not be started,
       * - `memory`: the memory is exhausted, or the browser gives none of the asked size,
       * - `fault`: a thread stopped in an error of the program; the app is over, `init()` may be called again,
       * - `terminated`: the app was terminated.
       */
      readonly code: "start" | "memory" | "fault" | "terminated";
    }

    /** The arrays that hold Swift's number types. */
    export type NumberArray =
      | Int8Array
      | Int16Array
      | Int32Array
      | BigInt64Array
      | Uint8Array
      | Uint16Array
      | Uint32Array
      | BigUint64Array
      | Float32Array
      | Float64Array;

    /** The class of such arrays, such as `Float64Array`. */
    export interface NumberArrayType<A extends NumberArray> {
      readonly prototype: A;
      readonly BYTES_PER_ELEMENT: number;
    }
    """
}
