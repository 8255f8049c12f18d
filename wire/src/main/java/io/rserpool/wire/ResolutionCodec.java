package io.rserpool.wire;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;

/// The messages that tell who serves a pool (RFC 5352 sections 2.2.5, 2.2.6 and 2.2.13).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 5    |0 0 0 0 0 0 0|S|        Message Length         |  ASAP_HANDLE_RESOLUTION
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then Handle Resolution Option (draft, optional) :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 6    |0 0 0 0 0 0 0|A|        Message Length         |  ..._RESPONSE
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then either Policy (optional) and one Pool      :
///    :  Element or more, or Operation Error                          :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 13   |0 0 0 0 0 0 0 0|        Message Length         |  ASAP_BUSINESS_CARD
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then one Pool Element or more                   :
///    +---------------------------------------------------------------+
final class ResolutionCodec {

  /// The S flag of a handle resolution.
  static final int SEND_UPDATES = 0x01;

  /// The A flag of a handle resolution response.
  static final int UPDATES_ACCEPTED = 0x01;

  private ResolutionCodec() {}

  static AsapHandleResolution readResolution(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    return new AsapHandleResolution(handle, in.flag(SEND_UPDATES), ParameterCodec.readItems(in));
  }

  static void write(WireWriter out, AsapHandleResolution message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeItems(out, message.items());
  }

  static AsapHandleResolutionResponse readResponse(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    AsapHandleResolutionResponse.Resolution resolution =
        in.peek() == TypeCodes.OPERATION_ERROR
            ? new AsapHandleResolutionResponse.Refused(CauseCodec.read(in))
            : new AsapHandleResolutionResponse.Found(
                readOptionalPolicy(in), ElementCodec.readSome(in));
    return new AsapHandleResolutionResponse(handle, in.flag(UPDATES_ACCEPTED), resolution);
  }

  /// The policy may be left out only if it is round robin (RFC 5352 section 3.3); it is always
  /// sent.
  static void write(WireWriter out, AsapHandleResolutionResponse message) {
    ParameterCodec.writeHandle(out, message.handle());
    switch (message.resolution()) {
      case AsapHandleResolutionResponse.Found found -> {
        PolicyCodec.write(out, found.policy());
        ElementCodec.write(out, found.elements());
      }
      case AsapHandleResolutionResponse.Refused refused -> CauseCodec.write(out, refused.causes());
    }
  }

  /// rsplib adds a policy after the handle, which is read and has no further use.
  static AsapBusinessCard readBusinessCard(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    Policy _ = readOptionalPolicy(in);
    return new AsapBusinessCard(handle, ElementCodec.readSome(in));
  }

  static void write(WireWriter out, AsapBusinessCard message) {
    ParameterCodec.writeHandle(out, message.handle());
    ElementCodec.write(out, message.elements());
  }

  private static Policy readOptionalPolicy(WireReader in) {
    return in.peek() == TypeCodes.POLICY ? PolicyCodec.read(in) : Policy.RoundRobin.INSTANCE;
  }
}
