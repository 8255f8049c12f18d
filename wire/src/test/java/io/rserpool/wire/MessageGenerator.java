package io.rserpool.wire;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes random messages of every type. Each is encodable, and equal to what its bytes decode to.
public final class MessageGenerator {

  private final RandomGenerator random;
  private final WireForm form;
  private final ParameterGenerator parameters;

  /// Draws from `random`; the messages survive encoding and decoding in `form`.
  public MessageGenerator(RandomGenerator random, WireForm form) {
    this.random = random;
    this.form = form;
    parameters = new ParameterGenerator(random, form);
  }

  /// What the messages are made of.
  public ParameterGenerator parameters() {
    return parameters;
  }

  /// An ASAP message of any type.
  public AsapMessage asap() {
    return asap(parameters.pick(AsapType.values()));
  }

  /// An ENRP message of any type.
  public EnrpMessage enrp() {
    return enrp(parameters.pick(EnrpType.values()));
  }

  /// An ASAP message of the given type.
  public AsapMessage asap(AsapType type) {
    ParameterGenerator p = parameters;
    return switch (type) {
      case REGISTRATION -> new AsapRegistration(p.handle(), p.element());
      case DEREGISTRATION -> new AsapDeregistration(p.handle(), p.elementId(), leave());
      case REGISTRATION_RESPONSE ->
          new AsapRegistrationResponse(
              p.handle(), p.elementId(), random.nextBoolean(), p.list(0, 2, p::cause));
      case DEREGISTRATION_RESPONSE ->
          new AsapDeregistrationResponse(
              p.handle(), p.elementId(), p.list(0, 2, p::cause), leave());
      case HANDLE_RESOLUTION -> new AsapHandleResolution(p.handle(), random.nextBoolean(), items());
      case HANDLE_RESOLUTION_RESPONSE ->
          new AsapHandleResolutionResponse(p.handle(), random.nextBoolean(), resolution());
      case ENDPOINT_KEEP_ALIVE ->
          new AsapEndpointKeepAlive(
              p.serverId(),
              random.nextBoolean(),
              p.handle(),
              random.nextBoolean() ? ElementId.NONE : p.elementId());
      case ENDPOINT_KEEP_ALIVE_ACK -> new AsapEndpointKeepAliveAck(p.handle(), p.elementId());
      case ENDPOINT_UNREACHABLE -> new AsapEndpointUnreachable(p.handle(), p.elementId());
      case SERVER_ANNOUNCE -> new AsapServerAnnounce(p.serverId(), p.list(0, 3, p::asapTransport));
      case COOKIE -> new AsapCookie(p.octets(1, 64));
      case COOKIE_ECHO -> new AsapCookieEcho(p.octets(1, 64));
      case BUSINESS_CARD -> new AsapBusinessCard(p.handle(), p.list(1, 4, p::element));
      case ERROR -> new AsapError(p.list(1, 3, p::cause));
    };
  }

  /// An ENRP message of the given type.
  public EnrpMessage enrp(EnrpType type) {
    ParameterGenerator p = parameters;
    ServerId sender = p.serverId();
    ServerId receiver = p.serverId();
    return switch (type) {
      case PRESENCE ->
          new EnrpPresence(
              sender,
              receiver,
              random.nextBoolean(),
              random.nextInt(0x10000),
              random.nextInt(4) == 0 ? ServerInformation.NONE : p.server());
      case HANDLE_TABLE_REQUEST ->
          new EnrpHandleTableRequest(sender, receiver, random.nextBoolean());
      case HANDLE_TABLE_RESPONSE -> table(sender, receiver, random.nextInt(4) == 0);
      case HANDLE_UPDATE ->
          new EnrpHandleUpdate(
              sender,
              receiver,
              random.nextBoolean() ? UpdateAction.ADD_PE : UpdateAction.DEL_PE,
              random.nextBoolean(),
              p.handle(),
              p.ownedElement());
      case LIST_REQUEST -> new EnrpListRequest(sender, receiver);
      case LIST_RESPONSE -> {
        boolean rejected = random.nextInt(4) == 0;
        yield new EnrpListResponse(
            sender, receiver, rejected, rejected ? List.of() : p.list(0, 3, p::server));
      }
      case INIT_TAKEOVER -> new EnrpInitTakeover(sender, receiver, p.serverId());
      case INIT_TAKEOVER_ACK -> new EnrpInitTakeoverAck(sender, receiver, p.serverId());
      case TAKEOVER_SERVER -> new EnrpTakeoverServer(sender, receiver, p.serverId());
      case ERROR -> new EnrpError(sender, receiver, p.list(1, 3, p::cause));
    };
  }

  private EnrpHandleTableResponse table(ServerId sender, ServerId receiver, boolean rejected) {
    return new EnrpHandleTableResponse(
        sender,
        receiver,
        rejected,
        random.nextBoolean(),
        rejected ? List.of() : parameters.list(0, 3, this::entry));
  }

  private EnrpHandleTableResponse.PoolEntry entry() {
    return new EnrpHandleTableResponse.PoolEntry(
        parameters.handle(), parameters.list(1, 3, parameters::ownedElement));
  }

  private AsapHandleResolutionResponse.Resolution resolution() {
    return random.nextInt(4) == 0
        ? new AsapHandleResolutionResponse.Refused(parameters.list(1, 2, parameters::cause))
        : new AsapHandleResolutionResponse.Found(
            parameters.policy(), parameters.list(1, 4, parameters::element));
  }

  private long items() {
    return random.nextBoolean() ? 0 : Integer.toUnsignedLong(random.nextInt());
  }

  private LeaveRequest leave() {
    return form.ownParameters() ? parameters.pick(LeaveRequest.values()) : LeaveRequest.NONE;
  }
}
