package io.waybill.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The only door to dev.cel (0.14, planner runtime). Two languages: what a rule over orders may say, and what a rule over
 * lines may say in addition. Types come from {@link Shape}, so that the checker knows every field.
 */
final class Cel {
    /** Enough for one pass over the lines of the largest order; nested passes over it fail instead of hanging. */
    private static final int MAX_ITERATIONS = 100_000;

    private static final int MAX_SOURCE = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(CelPatterns.MAX_PROGRAM_SIZE)
            .maxExpressionCodePointSize(MAX_SOURCE)
            .maxParseRecursionDepth(60)
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(true)
            .build();

    // After the options, which they need.
    static final Cel ORDERS = new Cel(false);
    static final Cel LINES = new Cel(true);

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final CelUnparser unparser;

    private Cel(boolean line) {
        CelTypeProvider types = new Types();
        compiler = compiler(types, line);
        runtime = runtime(types);
        unparser = CelUnparserFactory.newUnparser();
    }

    static Cel of(boolean line) {
        return line ? LINES : ORDERS;
    }

    /** Reads text and checks its types. */
    CelAbstractSyntaxTree check(String source) throws CelValidationException {
        return compiler.compile(source).getAst();
    }

    /** Text as it was written, with macros unexpanded. */
    CelAbstractSyntaxTree parse(String source) throws CelValidationException {
        return compiler.parse(source).getAst();
    }

    /** A piece of a parsed text as a question of its own. */
    Expression expression(CelExpr piece, CelSource source) throws CelValidationException {
        CelValidationResult checked = compiler.check(CelAbstractSyntaxTree.newParsedAst(piece, source));
        return program(checked.getAst());
    }

    Expression expression(String source) throws CelValidationException {
        return program(check(source));
    }

    String text(CelExpr piece, CelSource source) {
        return unparser.unparse(CelAbstractSyntaxTree.newParsedAst(piece, source));
    }

    static List<CelIssue> issues(CelValidationException e) {
        return List.copyOf(e.getErrors());
    }

    private Expression program(CelAbstractSyntaxTree ast) {
        try {
            CelRuntime.Program program = runtime.createProgram(ast);
            return scope -> ask(program, scope);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked condition always plans", e);
        }
    }

    private static Answer ask(CelRuntime.Program program, Scope scope) throws Expression.Failed {
        try {
            return Answer.of(Boolean.TRUE.equals(program.eval(scope)));
        } catch (CelEvaluationException e) {
            if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
                return Answer.MISSING;
            }
            throw new Expression.Failed(words(e.getErrorCode()), e);
        }
    }

    /** CEL's own message may repeat values of the order. */
    private static String words(CelErrorCode code) {
        return code == CelErrorCode.INTERNAL_ERROR
                ? "a function refused its arguments"
                : code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static CelCompiler compiler(CelTypeProvider types, boolean line) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(CelStandardDeclarations.StandardFunction.MATCHES)
                        .build())
                .setTypeProvider(types)
                .addVar("order", StructTypeReference.create(Shape.ORDER.name()))
                .addVar("event", StructTypeReference.create(Shape.EVENT.name()))
                .addVar("tags", ListType.create(SimpleType.STRING))
                .setResultType(SimpleType.BOOL)
                .addFunctionDeclarations(CelFunctions.declarations());
        if (line) {
            builder.addVar("line", StructTypeReference.create(Shape.LINE.name()));
        }
        return builder.build();
    }

    private static CelRuntime runtime(CelTypeProvider types) {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                        .build())
                .setTypeProvider(types)
                .addFunctionBindings(CelFunctions.bindings())
                .build();
    }

    /** The canonical records as CEL types. */
    @SuppressWarnings("Immutable") // filled once
    private static final class Types implements CelTypeProvider {
        private final ImmutableMap<String, CelType> types;

        Types() {
            Map<String, CelType> found = new LinkedHashMap<>();
            collect(Shape.ORDER, found);
            collect(Shape.EVENT, found);
            found.put(Amount.TYPE.name(), Amount.TYPE);
            types = ImmutableMap.copyOf(found);
        }

        private static void collect(Shape shape, Map<String, CelType> found) {
            found.put(
                    shape.name(),
                    StructType.create(
                            shape.name(), ImmutableSet.copyOf(shape.members().keySet()), name -> Optional.ofNullable(
                                            shape.members().get(name))
                                    .map(Member::celType)));
            shape.members().values().stream()
                    .filter(member -> member.inside() != null)
                    .forEach(member -> collect(member.shape(), found));
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return types.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(types.get(name));
        }
    }
}
