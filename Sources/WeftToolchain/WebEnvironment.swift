import Foundation

/// What SwiftPM is told through the environment when it reads manifests for the web.
package enum WebEnvironment {
  /// SwiftPM compiles a manifest, which takes half a second, once for each environment. So what differs from one command or
  /// terminal to the next and means nothing to a manifest is left out.
  package static func variables(from environment: [String: String] = ProcessInfo.processInfo.environment) -> [String: String] {
    var variables = environment.filter { !["_", "PWD", "OLDPWD", "SHLVL"].contains($0.key) }
    // Weft's own manifest leaves its tools out when it sees this: they are built already.
    variables["WEFT_MACRO_PLUGIN"] = "1"
    return variables
  }
}
