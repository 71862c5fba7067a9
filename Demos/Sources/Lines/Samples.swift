import Weft

/// Fills memory with lines of JSON, the same everywhere.
@JS public func fillWithJSON(_ text: SharedBuffer<UInt8>) {
  let lines: StaticString = """
    {"id":17,"name":"warp","tags":["cotton","undyed"],"length":1200}
    {"id":404,"name":"weft \\"fine\\"","tags":[],"length":88,"stock":{"here":3,"there":41}}
    {"id":5,"name":"selvage","tags":["edge","left","right"],"length":7}

    """
  for index in text.indices { text[index] = lines.utf8Start[index % lines.utf8CodeUnitCount] }
}
