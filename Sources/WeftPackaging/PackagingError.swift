import Foundation

/// Why no package could be written.
public enum PackagingError: Error, CustomStringConvertible {
  /// One of the two modules could not be read from its file.
  case unreadable(URL, reason: String)
  /// A file of a module is no wasm that weft understands.
  case wasm(URL, WasmError)
  /// The name of an export begins like those of `@JS` but describes no function.
  case descriptor(exportName: String, reason: String)
  /// Two exported declarations have the same name.
  case duplicateName(String)
  /// A type that crosses to JavaScript and that the program does not export.
  case unknownType(String, usedIn: String)
  /// A type that cannot be thrown.
  case notAnError(String, thrownBy: String)
  /// A member that cannot stand beside another one of the same name.
  case duplicateMember(String, of: String)
  /// The program imports from its own module, which is not there.
  case moduleMissing(URL, function: String)
  /// The name of an exported function means something else in JavaScript.
  case reservedName(String, reason: String)
  /// Functions that one of the modules lacks.
  case differentFunctions(onlyThreaded: [String], onlySingle: [String])
  /// A function that takes or returns something else in the two modules.
  case differentSignature(String)
  /// The threaded module does not import a shared memory with a limit.
  case threadedWithoutSharedMemory
  /// The single-threaded module shares its memory.
  case singleWithSharedMemory
  /// One module has addresses of 64 bits, and the other has not.
  case differentAddresses
  /// The JavaScript that every package contains is not where it was installed.
  case runtimeMissing(URL)
  /// The output exists, and weft did not write it.
  case foreignOutput(URL)
  /// The file system refused.
  case fileSystem(doing: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      return "cannot read the wasm module '\(file.path)': \(reason)"
    case .wasm(let file, let error):
      return "'\(file.path)': \(error)"
    case .descriptor(let exportName, let reason):
      return """
        the export '\(exportName)' describes nothing that weft knows (\(reason)); it was made by another version of weft's macro, \
        so delete '.build/weft' and build again
        """
    case .duplicateName(let name):
      return "two declarations are exported to JavaScript as '\(name)'; rename one of them"
    case .unknownType(let name, let user):
      return "'\(user)' uses the type '\(name)', which is not exported; mark its declaration with '@JS', or write out what it stands for"
    case .notAnError(let name, let function):
      return "'\(function)' throws '\(name)', which is no '@JS' enum or struct"
    case .duplicateMember(let name, let type):
      return "'\(type)' exports two members called '\(name)'; JavaScript has no overloading, so rename one of them"
    case .moduleMissing(let file, let function):
      return
        "'\(function)' is imported from the app's own module, but there is no '\(file.path)'; write it, and export '\(function)' from it"
    case .reservedName(let name, let reason):
      return "the exported '\(name)' needs another name, because '\(name)' \(reason)"
    case .differentFunctions(let onlyThreaded, let onlySingle):
      let parts = [(onlyThreaded, "threaded"), (onlySingle, "single-threaded")].filter { !$0.0.isEmpty }.map { names, module in
        "only the \(module) module exports \(names.map { "'\($0)'" }.joined(separator: ", "))"
      }
      return "\(parts.joined(separator: " and ")); a page may get either module, so take '@JS' functions out of '#if'"
    case .differentSignature(let name):
      return "'\(name)' takes or returns different types in the threaded and in the single-threaded module; declare it once, outside '#if'"
    case .threadedWithoutSharedMemory:
      return "the threaded module does not import a shared memory with a maximum; link it with --import-memory --shared-memory --max-memory"
    case .singleWithSharedMemory:
      return
        "the single-threaded module imports a shared memory, which pages without isolation do not have; link it without --shared-memory"
    case .differentAddresses:
      return "one of the modules has addresses of 64 bits and the other of 32; build both with --memory64, or neither"
    case .runtimeMissing(let folder):
      return "weft's JavaScript runtime is not in '\(folder.path)'; build weft again"
    case .foreignOutput(let output):
      return "'\(output.path)' exists and was not written by weft; remove it or choose another output folder"
    case .fileSystem(let action, let reason):
      return "cannot \(action): \(reason)"
    }
  }
}
