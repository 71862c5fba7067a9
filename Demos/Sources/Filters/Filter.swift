import Weft

/// Applies a filter to a picture, row after row.
@JS public func filterSequentially(
  _ source: SharedBuffer<UInt32>, into target: SharedBuffer<UInt32>, width: Int, filter: Filter, radius: Int
) {
  let picture = Picture(pixels: source, width: width)
  if filter == .blur {
    let turned = Picture(width: width, height: picture.height)
    defer { turned.deallocate() }
    for row in 0..<picture.height { picture.blur(row, radius: radius, turnedInto: turned.pixels) }
    for row in 0..<turned.height { turned.blur(row, radius: radius, turnedInto: target) }
  } else {
    for row in 0..<picture.height { picture.apply(filter, to: row, into: target) }
  }
}

/// Applies the same filter on all threads, a row each.
@JS public func filter(
  _ source: SharedBuffer<UInt32>, into target: SharedBuffer<UInt32>, width: Int, filter: Filter, radius: Int
) {
  let picture = Picture(pixels: source, width: width)
  if filter == .blur {
    let turned = Picture(width: width, height: picture.height)
    defer { turned.deallocate() }
    (0..<picture.height).parallel.forEach { picture.blur($0, radius: radius, turnedInto: turned.pixels) }
    (0..<turned.height).parallel.forEach { turned.blur($0, radius: radius, turnedInto: target) }
  } else {
    (0..<picture.height).parallel.forEach { picture.apply(filter, to: $0, into: target) }
  }
}

/// What becomes of a picture.
@JS public enum Filter: String, Sendable {
  case blur, sharpen, edges, emboss, grayscale, sepia
}
