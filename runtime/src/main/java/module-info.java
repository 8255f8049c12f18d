/// Hosts one engine: bytes in, decode, engine, effects, encode, bytes out. The interfaces to the
/// world ([io.rserpool.runtime.Transport], [io.rserpool.runtime.TimeSource]) are here; their
/// implementations are in `net` (the real world) and `sim` (the unreal one). No thread, no socket.
module io.rserpool.runtime {
  requires transitive io.rserpool.engine;
  requires transitive io.rserpool.wire;
  requires static org.jspecify;

  exports io.rserpool.runtime;
}
