package io.longline.api;

/** What a hook names that has no settings. */
public record NoSettings() {}
