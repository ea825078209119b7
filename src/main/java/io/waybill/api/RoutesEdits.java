package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.camel.Deployments;
import io.waybill.camel.Outcome;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.YamlEdit;
import io.waybill.ledger.AuditLog;
import io.waybill.order.WaybillException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Edits of files under {@code routes/} by the API: checked, written, serving, and in the audit log; or nothing of it. */
@Component
class RoutesEdits {
    private final ObjectProvider<Deployments> deployments;
    private final AuditLog audit;

    RoutesEdits(ObjectProvider<Deployments> deployments, AuditLog audit) {
        this.deployments = deployments;
        this.audit = audit;
    }

    /** One edit of one file. */
    Outcome write(String by, String action, String path, @Nullable ObjectNode content) {
        Map<String, @Nullable ObjectNode> files = new HashMap<>();
        files.put(path, content);
        return write(by, action, path, files, Map.of());
    }

    /**
     * @param files what each shall say; null takes one away
     * @param moved new paths of files that keep their comments, and the old ones
     */
    Outcome write(
            String by,
            String action,
            String subject,
            Map<String, @Nullable ObjectNode> files,
            Map<String, String> moved) {
        Deployments running = deployments.getIfAvailable();
        if (running == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        Outcome outcome = running.edit(texts(running.folder(), files, moved), by);
        if (outcome instanceof Outcome.Switched) {
            audit.record(by, action, null, "routes/" + subject, Map.of("deployment", outcome.hash(), "files", files));
        }
        return outcome;
    }

    private static Map<String, byte @Nullable []> texts(
            BundleFiles folder, Map<String, @Nullable ObjectNode> files, Map<String, String> moved) {
        Map<String, byte @Nullable []> texts = new TreeMap<>();
        files.forEach((path, content) -> texts.put(
                path,
                content == null
                        ? null
                        : YamlEdit.of(
                                        folder.text(moved.getOrDefault(path, path))
                                                .orElse(null),
                                        content)
                                .getBytes(StandardCharsets.UTF_8)));
        return texts;
    }
}
