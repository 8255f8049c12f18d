package io.rserpool.wire;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;

/// The messages by which elements come and go (RFC 5352 sections 2.2.1 to 2.2.4).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 1    |0 0 0 0 0 0 0 0|        Message Length         |  ASAP_REGISTRATION
///    +---------------+-------------+-+-------------------------------+
///    :                  Pool Handle, then Pool Element               :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 2    |0 0 0 0 0 0 0 0|        Message Length         |  ASAP_DEREGISTRATION
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then PE Identifier, then Leave Request (ours,   :
///    :  optional)                                                    :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 3    |0 0 0 0 0 0 0|R|        Message Length         |  ..._RESPONSE
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 4    |0 0 0 0 0 0 0 0|        Message Length         |  ..._RESPONSE
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then PE Identifier, then Operation Error        :
///    :  (optional); type 4: then Leave Request (ours, optional)      :
///    +---------------------------------------------------------------+
final class MembershipCodec {

  /// The R flag of a registration response.
  static final int REJECTED = 0x01;

  private MembershipCodec() {}

  static AsapRegistration readRegistration(WireReader in) {
    return new AsapRegistration(ParameterCodec.readHandle(in), ElementCodec.read(in));
  }

  static void write(WireWriter out, AsapRegistration message) {
    ParameterCodec.writeHandle(out, message.handle());
    ElementCodec.write(out, message.element());
  }

  static AsapDeregistration readDeregistration(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    ElementId elementId = ParameterCodec.readElementId(in);
    return new AsapDeregistration(handle, elementId, ParameterCodec.readLeave(in));
  }

  static void write(WireWriter out, AsapDeregistration message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeElementId(out, message.elementId());
    ParameterCodec.writeLeave(out, message.leave());
  }

  static AsapRegistrationResponse readRegistrationResponse(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    ElementId elementId = ParameterCodec.readElementId(in);
    List<ErrorCause> causes = CauseCodec.readOptional(in);
    return new AsapRegistrationResponse(handle, elementId, in.flag(REJECTED), causes);
  }

  static void write(WireWriter out, AsapRegistrationResponse message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeElementId(out, message.elementId());
    CauseCodec.writeOptional(out, message.causes());
  }

  static AsapDeregistrationResponse readDeregistrationResponse(WireReader in) {
    PoolHandle handle = ParameterCodec.readHandle(in);
    ElementId elementId = ParameterCodec.readElementId(in);
    List<ErrorCause> causes = CauseCodec.readOptional(in);
    return new AsapDeregistrationResponse(handle, elementId, causes, ParameterCodec.readLeave(in));
  }

  static void write(WireWriter out, AsapDeregistrationResponse message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeElementId(out, message.elementId());
    CauseCodec.writeOptional(out, message.causes());
    ParameterCodec.writeLeave(out, message.leave());
  }
}
