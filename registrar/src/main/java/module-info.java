/// The registrar daemon.
module io.rserpool.registrar {
  requires static org.jspecify;
  requires transitive io.rserpool.engine;
  requires transitive io.rserpool.net;
  requires io.rserpool.runtime;
  requires io.rserpool.wire;
  requires org.slf4j;
  requires org.snakeyaml.engine;

  exports io.rserpool.registrar;
}
