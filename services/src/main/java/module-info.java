/// Example pools a person can try.
module io.rserpool.services {
  requires static org.jspecify;
  requires transitive io.rserpool.client;
  requires transitive java.desktop;

  exports io.rserpool.services;
  exports io.rserpool.services.calculation;
  exports io.rserpool.services.fractal;
  exports io.rserpool.services.message;
  exports io.rserpool.services.pingpong;
  exports io.rserpool.services.scripting;
  exports io.rserpool.services.stream;
}
