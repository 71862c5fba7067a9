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
      guard error is any WeftError else { WeftCommand.exit(withError: error) }
      Console.standard.complain("error: \(error.localizedDescription)")
      exit(1)
    }
  }
}
