package io.longline.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.Internal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Java records as bytes: one component after the other, each in the form of its type. Equal records
 * have equal bytes. It is here, and not with the other rules that host and test kit share, since
 * {@link Combiner} needs it. Immutable.
 */
@Internal
public final class RecordBytes<T extends Record> {

  private static final ClassValue<RecordBytes<?>> KNOWN =
      new ClassValue<>() {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // The type of a class that is only known here.
        protected RecordBytes<?> computeValue(Class<?> type) {
          return new RecordBytes(type);
        }
      };

  private static final Map<Class<?>, Form> FORMS =
      Map.of(
          boolean.class,
              new Form((out, v) -> out.writeBoolean((Boolean) v), RecordBytes::readBoolean),
          int.class, new Form((out, v) -> out.writeInt((Integer) v), DataInputStream::readInt),
          long.class, new Form((out, v) -> out.writeLong((Long) v), DataInputStream::readLong),
          double.class,
              new Form((out, v) -> out.writeDouble((Double) v), DataInputStream::readDouble),
          String.class, new Form(RecordBytes::writeText, RecordBytes::readText),
          Instant.class, new Form(RecordBytes::writeInstant, RecordBytes::readInstant));

  private final Class<T> type;
  private final RecordComponent[] components;
  private final Form[] forms;
  private final Constructor<T> constructor;

  private interface Writer {
    void write(DataOutputStream out, Object value) throws IOException;
  }

  private interface Reader {
    Object read(DataInputStream in) throws IOException;
  }

  /** How values of a type are written and read. */
  private record Form(Writer writer, Reader reader) {}

  private RecordBytes(Class<T> type) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.forms = Arrays.stream(components).map(this::form).toArray(Form[]::new);
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("The record " + type + " has no canonical constructor.", e);
    }
  }

  private Form form(RecordComponent component) {
    component.getAccessor().setAccessible(true);
    var form = FORMS.get(component.getType());
    if (form == null) {
      throw new IllegalArgumentException(
          "The component %s of %s has the type %s: a component may be boolean, int, long, double, String or Instant."
              .formatted(component.getName(), type.getName(), component.getType().getName()));
    }
    return form;
  }

  /**
   * The form of a record class.
   *
   * @throws IllegalArgumentException if it has a component of a type that has no form
   */
  @SuppressWarnings("unchecked") // It was made for this class.
  public static <T extends Record> RecordBytes<T> of(Class<T> type) {
    return (RecordBytes<T>) KNOWN.get(type);
  }

  /** The bytes of a record, whose class has a form. */
  @SuppressWarnings("unchecked") // It was made for this class.
  public static byte[] bytes(Record value) {
    return ((RecordBytes<Record>) of(value.getClass())).write(value);
  }

  /** The bytes of a record. */
  public byte[] write(T value) {
    var bytes = new ByteArrayOutputStream(64);
    var out = new DataOutputStream(bytes);
    try {
      for (int i = 0; i < forms.length; i++) {
        var component = components[i].getAccessor().invoke(value);
        if (!components[i].getType().isPrimitive()) {
          out.writeBoolean(component != null);
        }
        if (component != null) {
          forms[i].writer().write(out, component);
        }
      }
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "A component of " + type.getName() + " throws.", e.getCause());
    } catch (IOException | IllegalAccessException e) {
      throw new IllegalStateException("The record " + type + " cannot be read.", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record of some bytes.
   *
   * @throws IllegalArgumentException if they are not those of such a record
   */
  public T read(byte[] bytes) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    var values = new @Nullable Object[forms.length];
    try {
      for (int i = 0; i < forms.length; i++) {
        if (components[i].getType().isPrimitive() || readBoolean(in)) {
          values[i] = forms[i].reader().read(in);
        }
      }
      if (in.read() < 0) {
        return constructor.newInstance(values);
      }
    } catch (IOException e) {
      // Not such a record, as is said below.
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          type.getName() + " refuses the value: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record " + type + " cannot be created.", e);
    }
    throw new IllegalArgumentException(
        "The value of %d bytes is not one of %s. If the record has changed, return another number from partVersion()."
            .formatted(bytes.length, type.getName()));
  }

  private static boolean readBoolean(DataInputStream in) throws IOException {
    int value = in.readUnsignedByte();
    if (value > 1) {
      throw new IOException("A boolean is 0 or 1.");
    }
    return value == 1;
  }

  private static void writeText(DataOutputStream out, Object value) throws IOException {
    var bytes = ((String) value).getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Object readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("The text is not there.");
    }
    return new String(in.readNBytes(length), UTF_8);
  }

  private static void writeInstant(DataOutputStream out, Object value) throws IOException {
    var instant = (Instant) value;
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Object readInstant(DataInputStream in) throws IOException {
    long seconds = in.readLong();
    int nanos = in.readInt();
    boolean isInstant =
        seconds >= Instant.MIN.getEpochSecond()
            && seconds <= Instant.MAX.getEpochSecond()
            && nanos >= 0
            && nanos < 1_000_000_000;
    if (!isInstant) {
      throw new IOException("There is no such instant.");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
