/// The command line.
module io.rserpool.cli {
  requires static org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;
  requires io.avaje.jsonb;
  requires io.rserpool.client;
  requires io.rserpool.engine;
  requires io.rserpool.gateway;
  requires io.rserpool.net;
  requires io.rserpool.pki;
  requires io.rserpool.protocol;
  requires io.rserpool.registrar;
  requires io.rserpool.services;
  requires io.rserpool.sim;
  requires io.rserpool.wire;
  requires org.slf4j;

  // The command line library makes and fills commands, options and converters by reflection.
  opens io.rserpool.cli to
      info.picocli;
  opens io.rserpool.cli.connect to
      info.picocli;
  opens io.rserpool.cli.console to
      info.picocli;
  opens io.rserpool.cli.cookies to
      info.picocli;
  opens io.rserpool.cli.daemon to
      info.picocli;
  opens io.rserpool.cli.decode to
      info.picocli;
  opens io.rserpool.cli.demo to
      info.picocli;
  opens io.rserpool.cli.doctor to
      info.picocli;
  opens io.rserpool.cli.dump to
      info.picocli;
  opens io.rserpool.cli.gateway to
      info.picocli;
  opens io.rserpool.cli.pki to
      info.picocli;
  opens io.rserpool.cli.pool to
      info.picocli;
  opens io.rserpool.cli.services to
      info.picocli;
  opens io.rserpool.cli.simulate to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      io.rserpool.cli.logging.StandardErrorLog;
}
