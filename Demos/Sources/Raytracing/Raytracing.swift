import Raytracer
import Weft

/// The number of tiles that a picture of this size is rendered in.
@JS public func tileCount(width: Int, height: Int) -> Int {
  Rendering(width: width, height: height, samples: 1).tiles.count
}

/// Renders the tiles from `firstTile` up to but not including `endTile`, on all threads of the pool.
///
/// The picture appears in `pixels` while it is rendered: row by row, each pixel as the bytes red, green, blue and alpha.
/// `control` holds two words: store anything but 0 in the first to stop, and read from the second how many tiles are done.
@JS public func render(
  pixels: SharedBuffer<UInt32>, control: SharedBuffer<Int32>, width: Int, height: Int, samples: Int, firstTile: Int, endTile: Int
) {
  precondition(pixels.count == width * height, "a picture needs width x height pixels")
  let control = Control(control)
  Rendering(width: width, height: height, samples: samples).render(
    tiles: firstTile..<endTile, into: pixels.baseAddress,
    isStopped: { control.isStopRequested }, finished: { control.countTile() })
}

/// Renders a whole picture and returns its fingerprint.
@JS public func renderHash(width: Int, height: Int, samples: Int) -> UInt32 {
  Rendering(width: width, height: height, samples: samples).fingerprint()
}
