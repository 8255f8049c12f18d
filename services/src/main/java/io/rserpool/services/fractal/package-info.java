/// The fractal generator: its protocol (FGP), its server, and the client that computes one
/// picture through many sessions. Parameters flow in, point values flow out. The only package
/// that draws.
@NullMarked
package io.rserpool.services.fractal;

import org.jspecify.annotations.NullMarked;
