package io.longline.host.output;

/**
 * What a host writes. Each of the two says how it may be used.
 *
 * @param outputs the outputs of calls on batches and at EXIT
 * @param windows parts, and the outputs of windows
 */
public record HostFiles(OutputFiles outputs, WindowFiles windows) {

  /** The files of a host whose hooks have no windows. */
  public static HostFiles of(OutputFiles outputs) {
    return new HostFiles(outputs, WindowFiles.none());
  }
}
