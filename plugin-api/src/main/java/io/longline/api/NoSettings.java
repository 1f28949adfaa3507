package io.longline.api;

/**
 * The settings of a hook that has none. Immutable.
 *
 * @since 0.1.0
 */
public record NoSettings() {}
