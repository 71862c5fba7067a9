import Weft

/// Gives back what it was given: copied into the program's memory, and out of it.
@JS public func echo(_ bytes: [UInt8]) -> [UInt8] { bytes }

/// Changes a byte of what the page and Swift share.
@JS public func touch(_ bytes: SharedBuffer<UInt8>) { bytes[0] &+= 1 }
