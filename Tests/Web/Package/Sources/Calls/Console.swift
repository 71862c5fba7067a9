import Weft

/// Prints `count` lines on each of 4 strands, each of `length` times its strand's letter.
@JS func printLongLines(_ count: Int, _ length: Int) {
  parallelFor(0..<4) { strand in
    let letters = ["a", "b", "c", "d"]
    for _ in 0..<count { print(String(repeating: letters[strand], count: length)) }
  }
}

/// Prints `text` as it is.
@JS func printText(_ text: String) { print(text) }

/// Prints a line on a thread that ends before the line does.
@JS func printUnended(_ text: String) { Thread.spawn(name: "hasty") { print(text, terminator: "") }.join() }

/// Prints one line in pieces.
@JS func printPieces(_ text: String, _ count: Int) {
  for _ in 0..<count { print(text, terminator: "") }
  print("")
}
