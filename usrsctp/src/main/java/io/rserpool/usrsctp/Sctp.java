package io.rserpool.usrsctp;

/// The library's constants and structure sizes, the same on every 64-bit system.
final class Sctp {

  /// IANA's number of SCTP, also the level of its socket options.
  static final int PROTOCOL = 132;

  /// `SOCK_SEQPACKET`: one socket, many associations.
  static final int SEQUENCED_PACKETS = 5;

  // Associations that are meant when none is named.
  static final int FUTURE_ASSOCIATIONS = 0;

  // Socket options.
  static final int RTOINFO = 0x01;
  static final int ASSOCINFO = 0x02;
  static final int INITMSG = 0x03;
  static final int NODELAY = 0x04;
  static final int AUTOCLOSE = 0x05;
  static final int PEER_ADDRESS_PARAMETERS = 0x0a;
  static final int DELAYED_SACK = 0x0f;
  static final int PARTIAL_DELIVERY_POINT = 0x11;
  static final int EVENT = 0x1e;
  static final int REMOTE_UDP_PORT = 0x24;
  static final int PARTIAL_RELIABILITY = 0x26;
  static final int STATUS = 0x100;
  static final int STATUS_SIZE = 176;
  static final int ASSOCIATION_COUNT = 0x104;
  static final int ASSOCIATION_LIST = 0x105;
  static final int SEND_BUFFER_USE = 0x1101;

  /// Of `struct sockaddr_storage`.
  static final int STORAGE_SIZE = 128;

  static final int BINDX_ADD = 0x8001;

  // How a message is sent.
  static final int SENDV_SNDINFO = 1;
  static final int SEND_INFO_SIZE = 16;
  static final short SEND_EOF = 0x0100;
  static final short SEND_ABORT = 0x0200;
  static final short SEND_UNORDERED = 0x0400;
  static final short SEND_SACK_IMMEDIATELY = 0x4000;

  // How it is received.
  static final int NOTIFICATION_FLAG = 0x2000;

  // Notifications.
  static final int ASSOCIATION_CHANGE = 0x01;
  static final int PEER_ADDRESS_CHANGE = 0x02;

  /// The state of an association that is up, and is not being ended.
  static final int ESTABLISHED = 0x08;

  /// Heartbeats are sent.
  static final int HEARTBEAT_ENABLE = 0x01;

  private Sctp() {}
}
