package io.longline.api;

/** The settings of a hook that has none. Immutable. */
public record NoSettings() {}
