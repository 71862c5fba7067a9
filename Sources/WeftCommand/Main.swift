import ArgumentParser
import Foundation
import WeftDevelopment

@main
enum Main {
  static func main() async {
    let work = Task {
      var command = try WeftCommand.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    }
    Interruption.onSignal { work.cancel() }
    do {
      try await work.value
    } catch {
      // A signal's exit status is what a shell expects of it.
      if let signal = Interruption.received { exit(128 + signal) }
      // Requests for help and wrong arguments are ArgumentParser's to tell.
      if error is ExitCode || WeftCommand.exitCode(for: error) != .failure { WeftCommand.exit(withError: error) }
      Console.standard.complain("error: \((error as? any LocalizedError)?.errorDescription ?? String(describing: error))")
      exit(1)
    }
  }
}
