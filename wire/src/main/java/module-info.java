/// Bytes to RSerPool messages and back. Total: any bytes give a message or a described fault.
module io.rserpool.wire {
  requires static org.jspecify;
  requires transitive io.rserpool.protocol;

  exports io.rserpool.wire;
  exports io.rserpool.wire.capture;
  exports io.rserpool.wire.session;
}
