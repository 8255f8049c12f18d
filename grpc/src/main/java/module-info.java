/// gRPC over pools: a name resolver for `rserpool:///PoolHandle`, a load balancer that follows the
/// pool's policy, calls that outlive their servers, and servers that are pool elements.
// gRPC's jars have no module descriptors, only reserved names (Automatic-Module-Name), and their
// types
// are all over this module's interface: there is no other way to require them, and the names are
// promised to stay.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.rserpool.grpc {
  requires static org.jspecify;
  requires transitive io.grpc;
  requires transitive io.rserpool.client;
  requires org.slf4j;

  exports io.rserpool.grpc;

  provides io.grpc.NameResolverProvider with
      io.rserpool.grpc.RserpoolNameResolverProvider;
  provides io.grpc.LoadBalancerProvider with
      io.rserpool.grpc.RserpoolLoadBalancerProvider;
}
