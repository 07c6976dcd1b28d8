package macroscope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds floating-point arithmetic in class files: the instructions that add, subtract, multiply,
 * divide, negate or convert, and calls that do so ({@code Math}, {@code Double.sum}, {@code
 * BigInteger.doubleValue}). Moving, comparing, storing and reinterpreting bits ({@code
 * floatToRawIntBits}) is no arithmetic.
 */
final class FloatInstructions {
  private static final Set<Integer> ARITHMETIC =
      Set.of(
          Opcodes.FADD,
          Opcodes.FSUB,
          Opcodes.FMUL,
          Opcodes.FDIV,
          Opcodes.FREM,
          Opcodes.FNEG,
          Opcodes.DADD,
          Opcodes.DSUB,
          Opcodes.DMUL,
          Opcodes.DDIV,
          Opcodes.DREM,
          Opcodes.DNEG,
          Opcodes.I2F,
          Opcodes.I2D,
          Opcodes.L2F,
          Opcodes.L2D,
          Opcodes.F2D,
          Opcodes.D2F,
          Opcodes.F2I,
          Opcodes.F2L,
          Opcodes.D2I,
          Opcodes.D2L);

  private FloatInstructions() {}

  /**
   * The places with arithmetic in the class files under a folder, as {@code class.method}, sorted.
   *
   * @param allowed binary names of classes that may, nested classes included
   * @param mark binary name of the annotation whose bearers may, nested classes included
   */
  static Set<String> in(Path folder, Set<String> allowed, String mark) throws IOException {
    List<Finder> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .forEach(file -> classes.add(read(file, mark)));
    }
    Set<String> exempt = new HashSet<>(allowed);
    classes.stream().filter(c -> c.marked).forEach(c -> exempt.add(c.name));
    Set<String> places = new TreeSet<>();
    classes.stream()
        .filter(c -> exempt.stream().noneMatch(e -> c.name.equals(e) || c.name.startsWith(e + "$")))
        .forEach(c -> places.addAll(c.places));
    return places;
  }

  private static Finder read(Path file, String mark) {
    try {
      Finder finder = new Finder("L" + mark.replace('.', '/') + ";");
      new ClassReader(Files.readAllBytes(file)).accept(finder, ClassReader.SKIP_FRAMES);
      return finder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Finder extends ClassVisitor {
    private final String mark;
    private final Set<String> places = new TreeSet<>();
    private String name = "";
    private boolean marked;

    Finder(String mark) {
      super(Opcodes.ASM9);
      this.mark = mark;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] faces) {
      this.name = name.replace('/', '.');
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      marked |= descriptor.equals(mark);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInsn(int opcode) {
          if (ARITHMETIC.contains(opcode)) {
            places.add(name + "." + method);
          }
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String descriptor, boolean ofInterface) {
          if (computes(owner, called, descriptor)) {
            places.add(name + "." + method);
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String descriptor, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle h && computes(h.getOwner(), h.getName(), h.getDesc())) {
              places.add(name + "." + method);
            }
          }
        }
      };
    }

    private static boolean computes(String owner, String method, String descriptor) {
      return switch (owner) {
        case "java/lang/Math", "java/lang/StrictMath" -> handlesFloats(descriptor);
        case "java/lang/Float", "java/lang/Double" -> method.equals("sum");
        case "java/util/stream/DoubleStream" -> method.equals("sum") || method.equals("average");
        default ->
            owner.startsWith("java/")
                && (method.equals("doubleValue") || method.equals("floatValue"));
      };
    }

    private static boolean handlesFloats(String descriptor) {
      return Stream.concat(
              Stream.of(Type.getReturnType(descriptor)),
              Stream.of(Type.getArgumentTypes(descriptor)))
          .anyMatch(type -> type == Type.FLOAT_TYPE || type == Type.DOUBLE_TYPE);
    }
  }
}
