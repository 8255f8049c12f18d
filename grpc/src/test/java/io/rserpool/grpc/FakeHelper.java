package io.rserpool.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/// A channel without any connection: a test says what becomes of them.
final class FakeHelper extends Helper {

  /// A connection that does what it is told.
  static final class Connection extends Subchannel {
    private final List<EquivalentAddressGroup> addresses;
    private SubchannelStateListener listener = _ -> {};
    int requests;
    boolean isShutDown;

    Connection(List<EquivalentAddressGroup> addresses) {
      this.addresses = addresses;
    }

    void becomes(ConnectivityState state) {
      listener.onSubchannelState(
          state == ConnectivityState.TRANSIENT_FAILURE
              ? ConnectivityStateInfo.forTransientFailure(
                  Status.UNAVAILABLE.withDescription("refused"))
              : ConnectivityStateInfo.forNonError(state));
    }

    @Override
    public void start(SubchannelStateListener newListener) {
      listener = newListener;
    }

    @Override
    public void shutdown() {
      isShutDown = true;
    }

    @Override
    public void requestConnection() {
      requests++;
    }

    @Override
    public List<EquivalentAddressGroup> getAllAddresses() {
      return addresses;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }
  }

  final List<Connection> connections = new ArrayList<>();
  ConnectivityState state = ConnectivityState.IDLE;
  SubchannelPicker picker;

  @Override
  public Subchannel createSubchannel(CreateSubchannelArgs args) {
    Connection connection = new Connection(args.getAddresses());
    connections.add(connection);
    return connection;
  }

  @Override
  public ManagedChannel createOobChannel(EquivalentAddressGroup address, String authority) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateBalancingState(ConnectivityState newState, SubchannelPicker newPicker) {
    state = newState;
    picker = newPicker;
  }

  @Override
  public String getAuthority() {
    return "EchoPool";
  }

  PickResult pick() {
    return pick(CallOptions.DEFAULT);
  }

  PickResult pick(CallOptions options) {
    return picker.pickSubchannel(
        new PickSubchannelArgs() {
          @Override
          public CallOptions getCallOptions() {
            return options;
          }

          @Override
          public Metadata getHeaders() {
            return new Metadata();
          }

          @Override
          public MethodDescriptor<?, ?> getMethodDescriptor() {
            return Echo.SAY;
          }
        });
  }
}
