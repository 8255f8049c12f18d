/// Pools for programs that know nothing of pools: a socket factory, host names, a local listener.
module io.rserpool.gateway {
  requires static org.jspecify;
  requires transitive io.rserpool.client;
  requires org.slf4j;

  exports io.rserpool.gateway;
  exports io.rserpool.gateway.listen;
  exports io.rserpool.gateway.names;
  exports io.rserpool.gateway.socket;

  provides java.net.spi.InetAddressResolverProvider with
      io.rserpool.gateway.names.PoolResolverProvider;
}
