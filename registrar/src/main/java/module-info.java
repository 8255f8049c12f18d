/// The registrar daemon.
// What Prometheus publishes has no module descriptors.
@SuppressWarnings("requires-automatic")
module io.rserpool.registrar {
  requires static org.jspecify;
  requires transitive io.rserpool.engine;
  requires transitive io.rserpool.net;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires io.rserpool.runtime;
  requires io.rserpool.wire;
  requires org.slf4j;
  requires org.snakeyaml.engine;

  exports io.rserpool.registrar;
}
