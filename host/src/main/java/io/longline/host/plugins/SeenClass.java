package io.longline.host.plugins;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class as its class file describes it, without loading it. Immutable.
 *
 * @param isBroken whether it cannot be read
 * @param javaVersion the Java that it was compiled for, such as 17
 * @param obstacle what keeps objects of it from being created; null if nothing does
 * @param supertypes what it extends and implements, by internal name
 * @param references the classes that it refers to in its code
 * @param members the methods and fields of other classes that it uses
 */
record SeenClass(
    boolean isBroken,
    int javaVersion,
    @Nullable Obstacle obstacle,
    List<String> supertypes,
    Set<String> references,
    Set<Member> members) {

  /** A class of which nothing is known. */
  static final SeenClass BROKEN = new SeenClass(true, 0, null, List.of(), Set.of(), Set.of());

  private static final int MAGIC = 0xCAFEBABE;

  /** The version is a number of two bytes behind the magic number and the minor version. */
  private static final int VERSION_AT = 6;

  /** Class file versions are 44 more than the Java version. */
  private static final int CLASS_VERSION_OFFSET = 44;

  /**
   * A method or field of a class.
   *
   * @param owner the internal name of the class
   * @param name its name
   * @param descriptor its type, as class files have it
   */
  record Member(String owner, String name, String descriptor) {

    boolean isField() {
      return !descriptor.startsWith("(");
    }
  }

  /** The Java that a version of class files belongs to. */
  static int javaVersion(int classVersion) {
    return classVersion - CLASS_VERSION_OFFSET;
  }

  /**
   * Reads a class file.
   *
   * @param name the internal name that it must have to be loaded from its place
   */
  static SeenClass of(String name, byte[] bytes) {
    var found = new Finder(javaVersion(classVersion(bytes)));
    try {
      new ClassReader(bytes).accept(found, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      found.isBroken = !found.ownName.equals(name);
    } catch (RuntimeException | StackOverflowError e) {
      // ASM does not know a version that is newer than itself, and reads nested values by
      // recursion.
      found.isBroken = found.javaVersion <= Runtime.version().feature();
    }
    return found.result();
  }

  /** The version of a class file; 0 if the bytes are not a class file. */
  private static int classVersion(byte[] bytes) {
    var file = ByteBuffer.wrap(bytes);
    return bytes.length >= VERSION_AT + Short.BYTES && file.getInt() == MAGIC
        ? Short.toUnsignedInt(file.getShort(VERSION_AT))
        : 0;
  }

  private static final class Finder extends ClassVisitor {

    private final List<String> supertypes = new ArrayList<>();
    private final Set<String> references = new LinkedHashSet<>();
    private final Set<Member> members = new LinkedHashSet<>();
    private final int javaVersion;
    private boolean isBroken;
    private int access;
    private String ownName = "";
    private boolean isInner;
    private boolean hasConstructor;
    private boolean hasPublicConstructor;

    Finder(int javaVersion) {
      super(Opcodes.ASM9);
      this.javaVersion = javaVersion;
    }

    SeenClass result() {
      return new SeenClass(
          isBroken,
          javaVersion,
          Obstacle.of(
              has(access, Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE),
              isInner,
              has(access, Opcodes.ACC_PUBLIC),
              hasConstructor,
              hasPublicConstructor),
          List.copyOf(supertypes),
          Set.copyOf(references),
          Set.copyOf(members));
    }

    private void refer(@Nullable String internalName) {
      if (internalName != null) {
        refer(Type.getObjectType(internalName));
      }
    }

    private void refer(Type type) {
      var element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (element.getSort() == Type.OBJECT) {
        references.add(element.getInternalName());
      }
    }

    @Override
    public void visit(
        int version,
        int flags,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      access = flags;
      ownName = name;
      if (superName != null) {
        supertypes.add(superName);
      }
      if (interfaces != null) {
        supertypes.addAll(List.of(interfaces));
      }
      supertypes.forEach(this::refer);
    }

    @Override
    public void visitInnerClass(
        String name, @Nullable String outer, @Nullable String innerName, int flags) {
      isInner |= name.equals(ownName) && !has(flags, Opcodes.ACC_STATIC);
    }

    private static boolean has(int flags, int one) {
      return (flags & one) != 0;
    }

    @Override
    public MethodVisitor visitMethod(
        int flags,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      boolean isConstructor = name.equals("<init>") && descriptor.equals("()V");
      hasConstructor |= isConstructor;
      hasPublicConstructor |= isConstructor && has(flags, Opcodes.ACC_PUBLIC);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitTypeInsn(int opcode, String type) {
          refer(type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          refer(owner);
          members.add(new Member(owner, field, type));
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          refer(owner);
          if (!owner.startsWith("[")) {
            members.add(new Member(owner, method, type));
          }
        }
      };
    }
  }
}
