/// The embeddable library: be a member of a pool, or use one.
module io.rserpool.client {
  requires static org.jspecify;
  requires transitive io.rserpool.engine;
  requires transitive io.rserpool.protocol;
  requires transitive io.rserpool.net;
  requires io.rserpool.runtime;
  requires org.slf4j;

  exports io.rserpool.client;
  exports io.rserpool.client.channel;
  exports io.rserpool.client.host;
}
