import Foundation

/// What SwiftPM is told through the environment when it reads manifests for the web.
enum WebEnvironment {
  /// What every question and every build has.
  static func variables(for package: UserPackage) -> [String: String] {
    var variables = variables(from: ProcessInfo.processInfo.environment)
    if package.isOfTests { variables["WEFT_TEST"] = "1" }
    return variables
  }

  /// SwiftPM compiles a manifest, which takes half a second, once for each environment. So what differs from one command or
  /// terminal to the next and means nothing to a manifest is left out.
  static func variables(from environment: [String: String]) -> [String: String] {
    var variables = environment.filter { !["_", "PWD", "OLDPWD", "SHLVL"].contains($0.key) }
    // Weft's own manifest leaves its tools out when it sees this: they are built already.
    variables["WEFT_MACRO_PLUGIN"] = "1"
    variables["WEFT_WEB"] = "1"
    return variables
  }
}
