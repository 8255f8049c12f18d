/// SCTP in user space, within UDP (RFC 6951): needs neither the kernel's SCTP nor any privilege.
module io.rserpool.usrsctp {
  requires static org.jspecify;
  requires transitive io.rserpool.net;

  provides io.rserpool.net.sctp.SctpStack with
      io.rserpool.usrsctp.UsrsctpStack;
}
