package io.rserpool.wire.capture;

/// Something in a recording that could not be read, or is missing from it.
///
/// @param frame the packet at which it was noticed, 0 for the file as a whole
/// @param text what, for people
public record CaptureNote(int frame, String text) {}
