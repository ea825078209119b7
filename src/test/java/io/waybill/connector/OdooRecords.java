package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The records of an Odoo and what its methods do to them, as far as we use them. A field that is not there is refused. */
final class OdooRecords {
    /** What Odoo raises; {@code status} is that of /json/2. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final int status;

        Refused(String name, int status, String message) {
            super(message);
            this.name = name;
            this.status = status;
        }

        String name() {
            return name;
        }

        int status() {
            return status;
        }
    }

    private static final Map<String, String> RELATIONS = Map.ofEntries(
            Map.entry("partner_id", "res.partner"),
            Map.entry("partner_invoice_id", "res.partner"),
            Map.entry("partner_shipping_id", "res.partner"),
            Map.entry("parent_id", "res.partner"),
            Map.entry("currency_id", "res.currency"),
            Map.entry("country_id", "res.country"),
            Map.entry("state_id", "res.country.state"),
            Map.entry("pricelist_id", "product.pricelist"),
            Map.entry("product_id", "product.product"),
            Map.entry("order_id", "sale.order"),
            Map.entry("sale_id", "sale.order"),
            Map.entry("sale_line_id", "sale.order.line"),
            Map.entry("picking_id", "stock.picking"),
            Map.entry("location_id", "stock.location"),
            Map.entry("carrier_id", "delivery.carrier"));
    /** Lists kept on the other side: the model and its field that points back. */
    private static final Map<String, List<String>> LISTS = Map.of(
            "order_line", List.of("sale.order.line", "order_id"),
            "invoice_ids", List.of("account.move", "order_id"),
            "picking_ids", List.of("stock.picking", "sale_id"),
            "move_ids", List.of("stock.move", "picking_id"));

    private final int version;
    private final Map<String, Map<Long, ObjectNode>> models = new HashMap<>();
    private final Map<String, Set<String>> fields;
    private final Map<String, String> externalIds = new LinkedHashMap<>();
    private long ids = 100;
    /** How many loads lose against another transaction. */
    int lostRaces;

    OdooRecords(int version) {
        this.version = version;
        this.fields = fields();
        add("res.currency", "name", "USD");
        add("res.currency", "name", "EUR");
        add("product.pricelist", "name", "Default")
                .set("currency_id", one("res.currency", "name", "USD").get("id"));
        ObjectNode country = add("res.country", "name", "United States").put("code", "US");
        add("res.country.state", "name", "Texas").put("code", "TX").set("country_id", country.get("id"));
        add("res.country.state", "name", "New York").put("code", "NY").set("country_id", country.get("id"));
        add("stock.location", "name", "Stock").put("complete_name", "WH/Stock").put("usage", "internal");
        article("SHIPPING").put("type", "service");
        article("DISCOUNT").put("type", "service");
    }

    private Map<String, Set<String>> fields() {
        String tax = version >= 19 ? "tax_ids" : "tax_id";
        String quantity = version >= 17 ? "quantity" : "quantity_done";
        Map<String, Set<String>> all = new HashMap<>();
        all.put("res.currency", Set.of("id", "name"));
        all.put("res.country", Set.of("id", "name", "code"));
        all.put("res.country.state", Set.of("id", "name", "code", "country_id"));
        all.put(
                "res.partner",
                Set.of(
                        "id",
                        "name",
                        "email",
                        "phone",
                        "parent_id",
                        "type",
                        "street",
                        "street2",
                        "zip",
                        "city",
                        "state_id",
                        "country_id",
                        "company_id",
                        "ref",
                        "customer_rank",
                        "company_type"));
        all.put("res.users", Set.of("id", "name", "company_id"));
        all.put(
                "res.users.apikeys",
                version >= 18 ? Set.of("id", "name", "user_id", "expiration_date") : Set.of("id", "name", "user_id"));
        all.put("product.pricelist", Set.of("id", "name", "currency_id", "company_id"));
        all.put(
                "product.product",
                Set.of(
                        "id",
                        "name",
                        "display_name",
                        "default_code",
                        "lst_price",
                        "type",
                        "active",
                        "product_tmpl_id",
                        "barcode",
                        "free_qty",
                        "qty_available",
                        "write_date",
                        "sale_ok",
                        "currency_id"));
        all.put(
                "account.tax",
                Set.of("id", "name", "amount", "amount_type", "type_tax_use", "price_include", "company_id"));
        all.put("account.move", Set.of("id", "name", "state", "order_id"));
        all.put(
                "sale.order",
                Set.of(
                        "id",
                        "name",
                        "state",
                        "partner_id",
                        "partner_invoice_id",
                        "partner_shipping_id",
                        "client_order_ref",
                        "origin",
                        "pricelist_id",
                        "currency_id",
                        "company_id",
                        "order_line",
                        "invoice_ids",
                        "picking_ids",
                        "note",
                        "commitment_date",
                        "write_date"));
        all.put(
                "sale.order.line",
                Set.of("id", "order_id", "product_id", "name", "product_uom_qty", "price_unit", "discount", tax));
        all.put("sale.advance.payment.inv", Set.of("id", "advance_payment_method", "sale_order_ids"));
        all.put(
                "stock.picking",
                Set.of(
                        "id",
                        "name",
                        "state",
                        "note",
                        "sale_id",
                        "picking_type_code",
                        "move_ids",
                        "date_done",
                        "write_date",
                        "carrier_id",
                        "carrier_tracking_ref",
                        "carrier_tracking_url"));
        all.put(
                "stock.move",
                Set.of(
                        "id",
                        "picking_id",
                        "sale_line_id",
                        "product_id",
                        "product_uom_qty",
                        "state",
                        quantity,
                        version >= 17 ? "picked" : "reserved_availability"));
        all.put("stock.location", Set.of("id", "name", "complete_name", "usage", "company_id"));
        all.put("stock.quant", Set.of("id", "product_id", "location_id", "inventory_quantity", "quantity"));
        all.put("ir.attachment", Set.of("id", "name", "datas", "res_model", "res_id", "mimetype"));
        all.put("mail.message", Set.of("id", "model", "res_id", "body", "attachment_ids"));
        return all;
    }

    Map<Long, ObjectNode> all(String model) {
        return models.computeIfAbsent(model, name -> new TreeMap<>());
    }

    ObjectNode add(String model, String field, String value) {
        ObjectNode record = EventJson.MAPPER.createObjectNode().put("id", ++ids).put(field, value);
        record.put("write_date", now());
        all(model).put(record.get("id").asLong(), record);
        return record;
    }

    ObjectNode one(String model, String field, String value) {
        return all(model).values().stream()
                .filter(record -> record.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    ObjectNode article(String sku) {
        return all("product.product").values().stream()
                .filter(article -> article.path("default_code").asText().equals(sku))
                .findFirst()
                .orElseGet(() -> add("product.product", "default_code", sku)
                        .put("name", "Article " + sku)
                        .put("type", "consu")
                        .put("active", true)
                        .put("sale_ok", true)
                        .put("lst_price", new BigDecimal("12.50"))
                        .put("free_qty", 5));
    }

    void externalId(String name, ObjectNode record) {
        externalIds.put(name, record.path("id").asText());
    }

    /** The field of a move that says how much was done. */
    String done() {
        return version >= 17 ? "quantity" : "quantity_done";
    }

    /** Of several lines there. */
    Stream<ObjectNode> lines(String list, long id) {
        List<String> other = LISTS.get(list);
        return all(other.get(0)).values().stream()
                .filter(record -> record.path(other.get(1)).asLong() == id);
    }

    static String now() {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
    }

    JsonNode call(String model, String method, ObjectNode named) {
        JsonNode context = named.path("context");
        if (!fields.containsKey(model)) {
            throw new Refused("werkzeug.exceptions.NotFound", 404, "the model '" + model + "' does not exist");
        }
        return switch (model + "/" + method) {
            case "res.users/context_get" -> tree(Map.of("lang", "en_US", "tz", false, "uid", 5));
            case "sale.order/action_confirm" -> confirm(named);
            case "sale.order/action_cancel" -> cancel(named, context);
            case "sale.order/message_post" -> post(named);
            case "sale.advance.payment.inv/create_invoices" -> invoice(context);
            case "account.move/action_post" -> {
                records(model, named)
                        .forEach(move -> move.put("state", "posted").put("name", "INV/" + move.path("id")));
                yield BooleanNode.FALSE;
            }
            case "stock.picking/button_validate" -> validate(named, context);
            case "stock.quant/create" -> counted(named.path("vals_list"), context);
            case "stock.quant/action_apply_inventory" -> {
                records(model, named).forEach(quant -> quant.set("quantity", quant.get("inventory_quantity")));
                yield BooleanNode.TRUE;
            }
            default -> common(model, method, named);
        };
    }

    /** In inventory mode a count belongs to the quant that is there; without it nobody may make one. */
    private JsonNode counted(JsonNode rows, JsonNode context) {
        if (!context.path("inventory_mode").asBoolean()) {
            throw new Refused(
                    "odoo.exceptions.UserError", 422, "Quant's creation is restricted, you can't do this operation.");
        }
        ArrayNode ids = EventJson.MAPPER.createArrayNode();
        for (JsonNode row : rows) {
            ObjectNode quant = quant(row.path("product_id"), row.path("location_id"));
            if (quant == null) {
                ids.addAll((ArrayNode) created(
                        "stock.quant", EventJson.MAPPER.createArrayNode().add(row)));
            } else {
                quant.set("inventory_quantity", row.get("inventory_quantity"));
                ids.add(quant.get("id"));
            }
        }
        return ids;
    }

    /** Null when nothing of it was ever counted there. */
    ObjectNode quant(JsonNode product, JsonNode location) {
        return all("stock.quant").values().stream()
                .filter(quant -> quant.path("product_id").asLong() == product.asLong()
                        && quant.path("location_id").asLong() == location.asLong())
                .findFirst()
                .orElse(null);
    }

    private JsonNode common(String model, String method, ObjectNode named) {
        return switch (method) {
            case "search_read" -> search(model, named);
            case "read" -> read(model, named.path("ids"), named.path("fields"));
            case "create" -> created(model, named.path("vals_list"));
            case "write" -> {
                records(model, named).forEach(record -> write(model, record, named.path("vals")));
                yield BooleanNode.TRUE;
            }
            case "load" -> load(model, named.path("fields"), named.path("data"));
            case "fields_get" -> described(model, named.path("allfields"));
            case "get_external_id" -> names(named.path("ids"));
            default ->
                throw new Refused(
                        "werkzeug.exceptions.NotFound",
                        404,
                        "The method '" + model + "." + method + "' does not exist");
        };
    }

    private static JsonNode tree(Object value) {
        return EventJson.MAPPER.valueToTree(value);
    }

    private List<ObjectNode> records(String model, ObjectNode named) {
        List<ObjectNode> found = new ArrayList<>();
        named.path("ids").forEach(id -> found.add(record(model, id.asLong())));
        return found;
    }

    private ObjectNode record(String model, long id) {
        ObjectNode record = all(model).get(id);
        if (record == null) {
            throw new Refused(
                    "odoo.exceptions.MissingError",
                    404,
                    "Record does not exist or has been deleted.\n(Record: " + model + "(" + id + ",), User: 5)");
        }
        return record;
    }

    private ObjectNode described(String model, JsonNode wanted) {
        ObjectNode described = EventJson.MAPPER.createObjectNode();
        wanted.forEach(field -> {
            if (fields.get(model).contains(field.asText())) {
                described.putObject(field.asText()).put("type", "char");
            }
        });
        return described;
    }

    private ObjectNode names(JsonNode wanted) {
        ObjectNode names = EventJson.MAPPER.createObjectNode();
        wanted.forEach(id -> names.put(
                id.asText(),
                externalIds.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(id.asText()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("")));
        return names;
    }

    private void check(String model, String field) {
        if (!fields.get(model).contains(field)) {
            throw new Refused(
                    "builtins.ValueError",
                    500,
                    "Invalid field '" + field + "' on " + (version >= 19 ? "" : "model ") + "'" + model + "'");
        }
    }

    private ArrayNode search(String model, ObjectNode named) {
        if (!named.path("fields").isArray()) {
            throw new Refused("odoo.exceptions.AccessError", 403, "Failed to read field " + model + ".x");
        }
        List<Long> found = all(model).values().stream()
                .filter(record -> !record.has("active") || record.path("active").asBoolean())
                .filter(record -> fits(model, record, named.path("domain")))
                .map(record -> record.path("id").asLong())
                .limit(named.path("limit").asInt(Integer.MAX_VALUE))
                .toList();
        return read(model, tree(found), named.path("fields"));
    }

    /** Prefix notation: all together, with {@code |} for either of the next two. */
    private boolean fits(String model, ObjectNode record, JsonNode domain) {
        Iterator<JsonNode> terms = domain.iterator();
        boolean all = true;
        while (terms.hasNext()) {
            all &= term(model, record, terms);
        }
        return all;
    }

    private boolean term(String model, ObjectNode record, Iterator<JsonNode> terms) {
        JsonNode term = terms.next();
        if (term.asText().equals("|")) {
            boolean first = term(model, record, terms);
            return term(model, record, terms) | first;
        }
        JsonNode there = value(model, record, term.get(0).asText());
        JsonNode wanted = term.get(2);
        return switch (term.get(1).asText()) {
            case "=" -> same(there, wanted);
            case "!=" -> !same(there, wanted);
            case "in" -> any(there, wanted);
            case "not in" -> !any(there, wanted);
            case ">" -> compared(there, wanted) > 0;
            case ">=" -> compared(there, wanted) >= 0;
            case "=like" -> there.asText().startsWith(wanted.asText().replace("%", ""));
            default -> throw new Refused("builtins.ValueError", 500, "Invalid operator " + term.get(1));
        };
    }

    private static boolean any(JsonNode there, JsonNode wanted) {
        for (JsonNode one : wanted) {
            if (there.isArray() ? contains(there, one) : same(there, one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode list, JsonNode wanted) {
        for (JsonNode one : list) {
            if (same(one, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(JsonNode there, JsonNode wanted) {
        boolean nothing =
                there.isMissingNode() || there.isNull() || there.asText().equals("false");
        return wanted.isBoolean() && !wanted.booleanValue()
                ? nothing
                : there.asText().equals(wanted.asText());
    }

    private static int compared(JsonNode there, JsonNode wanted) {
        return wanted.isNumber()
                ? there.decimalValue().compareTo(wanted.decimalValue())
                : there.asText().compareTo(wanted.asText());
    }

    private JsonNode value(String model, ObjectNode record, String path) {
        String field = path.replaceFirst("\\..*", "");
        check(model, field);
        if (path.contains(".")) {
            ObjectNode other = all(RELATIONS.get(field)).get(record.path(field).asLong());
            return other == null ? tree(false) : value(RELATIONS.get(field), other, path.substring(field.length() + 1));
        }
        return record.path(field);
    }

    private ArrayNode read(String model, JsonNode wanted, JsonNode asked) {
        ArrayNode answer = EventJson.MAPPER.createArrayNode();
        for (JsonNode id : wanted) {
            ObjectNode record = all(model).get(id.asLong());
            if (record != null) {
                ObjectNode shown = answer.addObject();
                shown.set("id", record.get("id"));
                asked.forEach(field -> shown.set(field.asText(), shown(model, record, field.asText())));
            }
        }
        return answer;
    }

    private JsonNode shown(String model, ObjectNode record, String field) {
        check(model, field);
        if (LISTS.containsKey(field)) {
            return tree(lines(field, record.path("id").asLong())
                    .map(one -> one.path("id").asLong())
                    .toList());
        }
        JsonNode value = record.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return BooleanNode.FALSE;
        }
        if (RELATIONS.containsKey(field) && value.isNumber()) {
            ObjectNode other = all(RELATIONS.get(field)).get(value.asLong());
            return tree(List.of(
                    value.asLong(), other == null ? "?" : other.path("name").asText()));
        }
        return value;
    }

    private JsonNode created(String model, JsonNode values) {
        if (values.isMissingNode()) {
            throw new Refused(
                    "werkzeug.exceptions.UnprocessableEntity", 422, "missing a required argument: 'vals_list'");
        }
        if (values.isObject()) {
            return create(model, values).get("id");
        }
        ArrayNode made = EventJson.MAPPER.createArrayNode();
        values.forEach(vals -> made.add(create(model, vals).get("id")));
        return made;
    }

    private ObjectNode create(String model, JsonNode vals) {
        vals.fieldNames().forEachRemaining(field -> check(model, field));
        if (model.equals("sale.order") && !vals.has("partner_id")) {
            throw new Refused(
                    "odoo.exceptions.ValidationError",
                    422,
                    "The operation cannot be completed: Missing required value for the field 'Customer' (partner_id).");
        }
        if (model.equals("ir.attachment")) {
            decode(vals.path("datas").asText());
        }
        ObjectNode record = add(model, "write_date", now());
        if (model.equals("sale.order")) {
            String number = vals.path("name").asText("S" + record.path("id"));
            record.put("state", "draft")
                    .put("name", number)
                    .set("currency_id", one("res.currency", "name", "USD").get("id"));
        }
        write(model, record, vals);
        return record;
    }

    private static void decode(String data) {
        try {
            Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new Refused("binascii.Error", 500, "Invalid base64-encoded string");
        }
    }

    private void write(String model, ObjectNode record, JsonNode vals) {
        vals.properties().forEach(member -> {
            String field = member.getKey();
            check(model, field);
            if (LISTS.containsKey(field)) {
                member.getValue().forEach(command -> change(LISTS.get(field).get(0), command));
            } else {
                relation(field, member.getValue());
                record.set(field, member.getValue());
            }
        });
        if (vals.has("pricelist_id")) {
            record.set(
                    "currency_id",
                    record("product.pricelist", vals.path("pricelist_id").asLong())
                            .get("currency_id"));
        }
        record.put("write_date", now());
    }

    private void change(String model, JsonNode command) {
        if (command.path(0).asInt() != 1) {
            throw new Refused("builtins.ValueError", 500, "this simulator only knows commands that change");
        }
        ObjectNode line = record(model, command.path(1).asLong());
        write(model, line, command.path(2));
        if (model.equals("sale.order.line") && command.path(2).has("product_uom_qty")) {
            all("stock.move").values().stream()
                    .filter(move -> move.path("sale_line_id").equals(line.path("id"))
                            && !move.path("state").asText().equals("done"))
                    .forEach(move -> move.set("product_uom_qty", line.path("product_uom_qty")));
        }
    }

    private void relation(String field, JsonNode value) {
        if (RELATIONS.containsKey(field) && value.isNumber()) {
            record(RELATIONS.get(field), value.asLong());
        }
    }

    /** Rows of text; the external id of one that is there already changes it. */
    private ObjectNode load(String model, JsonNode columns, JsonNode data) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode messages = answer.putArray("messages");
        if (lostRaces > 0) {
            lostRaces--;
            messages.addObject()
                    .put("type", "error")
                    .put("message", "could not serialize access due to concurrent update");
            return answer.put("ids", false);
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode row : data) {
            rows.add(vals(model, columns, row, messages));
        }
        if (!messages.isEmpty()) {
            return answer.put("ids", false);
        }
        ArrayNode made = answer.putArray("ids");
        rows.forEach(vals -> made.add(loaded(model, vals).get("id")));
        return answer.put("nextrow", 0);
    }

    private ObjectNode vals(String model, JsonNode columns, JsonNode row, ArrayNode messages) {
        ObjectNode vals = EventJson.MAPPER.createObjectNode();
        for (int i = 0; i < columns.size(); i++) {
            String field = columns.get(i).asText();
            if (!row.path(i).isTextual()) {
                throw new Refused("builtins.TypeError", 500, "cell " + field + " is no text");
            }
            String cell = row.path(i).asText();
            if (field.equals("id")) {
                vals.put("id", cell);
            } else if (field.endsWith("/.id")) {
                linked(model, field.replace("/.id", ""), cell, vals, messages);
            } else {
                check(model, field);
                vals.set(field, cell.isEmpty() ? BooleanNode.FALSE : cell(field, cell));
            }
        }
        return vals;
    }

    private static JsonNode cell(String field, String cell) {
        return Set.of("product_uom_qty", "price_unit", "discount").contains(field)
                ? DecimalNode.valueOf(new BigDecimal(cell))
                : tree(cell);
    }

    private void linked(String model, String field, String cell, ObjectNode vals, ArrayNode messages) {
        check(model, field);
        if (cell.isEmpty()) {
            vals.put(field, false);
        } else if (all(RELATIONS.get(field)).containsKey(Long.valueOf(cell))) {
            vals.put(field, Long.valueOf(cell));
        } else {
            messages.addObject()
                    .put("type", "error")
                    .put("message", "No matching record found for database id '" + cell + "' in field '" + field + "'");
        }
    }

    private ObjectNode loaded(String model, ObjectNode vals) {
        String name = vals.remove("id").asText();
        if (externalIds.containsKey(name)) {
            ObjectNode record = record(model, Long.parseLong(externalIds.get(name)));
            write(model, record, vals);
            return record;
        }
        ObjectNode record = create(model, vals);
        externalId(name, record);
        return record;
    }

    private JsonNode confirm(ObjectNode named) {
        for (ObjectNode order : records("sale.order", named)) {
            boolean open = Set.of("draft", "sent").contains(order.path("state").asText());
            if (!open && version >= 19) {
                throw new Refused(
                        "odoo.exceptions.UserError", 422, "Some orders are not in a state requiring confirmation.");
            }
            if (open) {
                order.put("state", "sale").put("write_date", now());
                deliver(order, lines("order_line", order.path("id").asLong()).toList());
            }
        }
        return BooleanNode.TRUE;
    }

    private void deliver(ObjectNode order, List<ObjectNode> lines) {
        ObjectNode picking = add("stock.picking", "state", "assigned").put("picking_type_code", "outgoing");
        picking.put("name", "WH/OUT/" + picking.path("id")).set("sale_id", order.get("id"));
        for (ObjectNode line : lines) {
            if (!record("product.product", line.path("product_id").asLong())
                    .path("type")
                    .asText()
                    .equals("service")) {
                move(picking, line.get("id"), line.path("product_uom_qty").decimalValue());
            }
        }
    }

    private void move(ObjectNode picking, JsonNode line, BigDecimal quantity) {
        ObjectNode move = add("stock.move", "state", "assigned").put("product_uom_qty", quantity);
        move.set("picking_id", picking.get("id"));
        move.set("sale_line_id", line);
    }

    private JsonNode cancel(ObjectNode named, JsonNode context) {
        for (ObjectNode order : records("sale.order", named)) {
            if (order.path("locked").asBoolean()) {
                throw new Refused(
                        "odoo.exceptions.UserError", 422, "You cannot cancel a locked order. Please unlock it first.");
            }
            boolean asks = version < 17 && order.path("state").asText().equals("sale");
            if (asks && !context.path("disable_cancel_warning").asBoolean()) {
                return tree(Map.of(
                        "name",
                        "Cancel Sales Order",
                        "res_model",
                        "sale.order.cancel",
                        "type",
                        "ir.actions.act_window"));
            }
            order.put("state", "cancel").put("write_date", now());
            lines("picking_ids", order.path("id").asLong())
                    .filter(picking -> !picking.path("state").asText().equals("done"))
                    .forEach(picking -> picking.put("state", "cancel"));
        }
        return BooleanNode.TRUE;
    }

    private JsonNode post(ObjectNode named) {
        ObjectNode order = records("sale.order", named).get(0);
        named.path("attachment_ids").forEach(id -> record("ir.attachment", id.asLong()));
        ObjectNode message = add(
                        "mail.message", "body", "<p>" + named.path("body").asText() + "</p>")
                .put("model", "sale.order");
        message.set("res_id", order.get("id"));
        message.set("attachment_ids", named.path("attachment_ids"));
        return version >= 19 ? tree(List.of(message.get("id"))) : message.get("id");
    }

    private JsonNode invoice(JsonNode context) {
        ObjectNode order =
                record("sale.order", context.path("active_ids").path(0).asLong());
        boolean invoiced =
                lines("invoice_ids", order.path("id").asLong()).findAny().isPresent();
        if (invoiced || !order.path("state").asText().equals("sale")) {
            throw new Refused(
                    "odoo.exceptions.UserError", 422, "Cannot create an invoice. No items are available to invoice.");
        }
        add("account.move", "state", "draft").set("order_id", order.get("id"));
        return tree(Map.of("type", "ir.actions.act_window_close"));
    }

    private JsonNode validate(ObjectNode named, JsonNode context) {
        for (ObjectNode picking : records("stock.picking", named)) {
            List<ObjectNode> moves =
                    lines("move_ids", picking.path("id").asLong()).toList();
            String done = done();
            if (moves.stream().noneMatch(move -> move.path(done).decimalValue().signum() > 0)) {
                throw new Refused("odoo.exceptions.UserError", 422, "You have not set any quantity.");
            }
            boolean whole = moves.stream().allMatch(move -> left(move, done).signum() <= 0);
            if (!whole && !context.path("skip_backorder").asBoolean()) {
                return tree(Map.of("res_model", "stock.backorder.confirmation", "type", "ir.actions.act_window"));
            }
            close(picking, moves, done, whole);
        }
        return BooleanNode.TRUE;
    }

    private static BigDecimal left(ObjectNode move, String done) {
        return move.path("product_uom_qty")
                .decimalValue()
                .subtract(move.path(done).decimalValue());
    }

    private void close(ObjectNode picking, List<ObjectNode> moves, String done, boolean whole) {
        ObjectNode rest =
                whole ? null : add("stock.picking", "state", "assigned").put("picking_type_code", "outgoing");
        if (rest != null) {
            rest.put("name", "WH/OUT/" + rest.path("id")).set("sale_id", picking.get("sale_id"));
        }
        for (ObjectNode move : moves) {
            BigDecimal left = left(move, done);
            if (left.signum() > 0) {
                move(rest, move.get("sale_line_id"), left);
                move.put("product_uom_qty", move.path(done).decimalValue());
            }
            move.put("state", move.path(done).decimalValue().signum() > 0 ? "done" : "cancel");
        }
        picking.put("state", "done").put("date_done", now()).put("write_date", now());
    }
}
