package io.waybill.connector;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.Document;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Shopify's Admin GraphQL schema 2026-10 as it was published, where it lies beside the project; read once. */
final class AdminSchema {
    private static final Path FILE =
            Path.of(System.getProperty("waybill.shared", "../shared"), "specs/shopify/admin_2026-10.json.gz");
    private static final GraphQLSchema SCHEMA = Files.isRegularFile(FILE) ? read() : null;

    private AdminSchema() {}

    static boolean isThere() {
        return SCHEMA != null;
    }

    /** What the real one would say against this document; empty as well when the schema is not there. */
    static Optional<String> documentMistake(Document document) {
        if (SCHEMA == null) {
            return Optional.empty();
        }
        List<ValidationError> errors = new Validator().validateDocument(SCHEMA, document, Locale.ROOT);
        return errors.stream().map(ValidationError::getMessage).findFirst();
    }

    /** As {@link #documentMistake} of what a valid document is sent with. */
    static Optional<String> variablesMistake(Document document, JsonNode variables) {
        if (SCHEMA == null) {
            return Optional.empty();
        }
        Map<String, Object> values = variables.isObject()
                ? EventJson.MAPPER.convertValue(variables, new TypeReference<Map<String, Object>>() {})
                : Map.of();
        OperationDefinition operation =
                document.getDefinitionsOfType(OperationDefinition.class).get(0);
        try {
            CoercedVariables coerced = ValuesResolver.coerceVariableValues(
                    SCHEMA,
                    operation.getVariableDefinitions(),
                    RawVariables.of(values),
                    GraphQLContext.getDefault(),
                    Locale.ROOT);
            return values.keySet().stream()
                    .filter(name -> !coerced.containsKey(name))
                    .findFirst()
                    .map(name -> "variable " + name + " is not of this operation");
        } catch (GraphQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static GraphQLSchema read() {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FILE))) {
            Map<String, Object> all = EventJson.MAPPER.readValue(in, new TypeReference<Map<String, Object>>() {});
            @SuppressWarnings("unchecked")
            Map<String, Object> data = (Map<String, Object>) all.getOrDefault("data", all);
            TypeDefinitionRegistry types =
                    new SchemaParser().buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(data));
            return new SchemaGenerator().makeExecutableSchema(types, wiring(types));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeWiring wiring(TypeDefinitionRegistry types) {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Untyped());
        types.scalars().keySet().stream()
                .filter(name ->
                        !List.of("ID", "Int", "Float", "String", "Boolean").contains(name))
                .forEach(name -> wiring.scalar(GraphQLScalarType.newScalar()
                        .name(name)
                        .coercing(new Text(name))
                        .build()));
        return wiring.build();
    }

    /** Nothing is executed: types need no resolving. */
    private static final class Untyped implements WiringFactory {
        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return resolution -> null;
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return resolution -> null;
        }
    }

    /** A scalar of Shopify's own. Amounts must be text: a JSON number may have been a double. */
    private record Text(String name) implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            return result;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            boolean amount = name.equals("Decimal") || name.equals("Money");
            if (amount && !(input instanceof String text && text.matches("-?\\d+(\\.\\d+)?"))) {
                throw new graphql.schema.CoercingParseValueException(name + " is no decimal text: " + input);
            }
            if (name.equals("DateTime")
                    && !String.valueOf(input).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z")) {
                throw new graphql.schema.CoercingParseValueException(name + " is no instant in UTC: " + input);
            }
            return input;
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return input instanceof StringValue text ? text.getValue() : String.valueOf(input);
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return input == null ? NullValue.of() : StringValue.of(String.valueOf(input));
        }
    }
}
