package io.longline.host.isolation.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;

/**
 * A message between the host and the process of a plugin; {@code docs/process-protocol.md}
 * describes the conversation. On the wire a message is a length, the number of its kind, and its
 * parts. Immutable.
 */
public sealed interface Message permits HostMessage, ProcessMessage {

  /** The version of the protocol; raised with every change of a message. */
  int VERSION = 6;

  /** The kind of the message. */
  Kind kind();

  /** Writes the parts. */
  default void writeTo(DataOutput out) throws IOException {}

  /** The approximate number of bytes that it takes. */
  default int sizeAbout() {
    return 256;
  }

  /**
   * Reads a message.
   *
   * @param frame the number of its kind and its parts
   * @throws IOException if the bytes are not a message
   */
  static Message read(byte[] frame) throws IOException {
    var bytes = new ByteArrayInputStream(frame);
    var in = new DataInputStream(bytes);
    try {
      var message = Kind.read(in.readByte(), in);
      if (bytes.available() > 0) {
        throw new IOException(
            "A message has " + bytes.available() + " bytes behind its last part.");
      }
      return message;
    } catch (EOFException e) {
      throw new IOException("A message ends before its last part.", e);
    } catch (RuntimeException e) {
      // An unknown name, an invalid time or path, or a value that its record rejects.
      throw new IOException("A message has an invalid part: " + e, e);
    }
  }

  /** The kinds of messages, each with its number on the wire and the reader of its parts. */
  enum Kind {
    HELLO(1, HostMessage.Hello::readFrom),
    READY(2, ProcessMessage.Ready::readFrom),
    ASSIGNED(3, HostMessage.Assigned::readFrom),
    CANCEL(4, in -> new HostMessage.Cancel()),
    WRITTEN(5, ProcessMessage.Written::readFrom),
    REMARKED(6, ProcessMessage.Remarked::readFrom),
    DAMAGED(7, ProcessMessage.Damaged::readFrom),
    ENDED(8, ProcessMessage.Ended::readFrom),
    OVER(9, ProcessMessage.Over::readFrom),
    ALIVE(10, in -> new ProcessMessage.Alive()),
    BYE(11, in -> new HostMessage.Bye()),
    SIGHTED(12, ProcessMessage.Sighted::readFrom);

    private final int number;

    @SuppressWarnings("ImmutableEnumChecker") // The readers have no state.
    private final Wire.Reader<Message> reader;

    Kind(int number, Wire.Reader<Message> reader) {
      this.number = number;
      this.reader = reader;
    }

    int number() {
      return number;
    }

    /**
     * Reads the parts of a message.
     *
     * @throws IOException if no kind has this number, or the parts end early
     */
    private static Message read(int number, DataInput in) throws IOException {
      for (var kind : values()) {
        if (kind.number == number) {
          return kind.reader.read(in);
        }
      }
      throw new IOException("There is no message with the number " + number + ".");
    }
  }
}
