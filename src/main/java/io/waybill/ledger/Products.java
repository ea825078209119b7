package io.waybill.ledger;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Articles of channels. What a channel told last stays until it tells otherwise; an article that is gone there is kept. */
public final class Products {
    private final Db db;

    public Products(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param stored how many are new or different
     * @param newSkus those that the channel did not have before
     */
    public record Stored(int stored, List<String> newSkus) {}

    /** All of them, or none. */
    public Stored store(String channel, List<Product> products) {
        return db.tx(session -> {
            int stored = 0;
            List<String> newSkus = new ArrayList<>();
            for (Product product : products) {
                Boolean isNew = store(session, channel, product);
                stored += isNew == null ? 0 : 1;
                if (Boolean.TRUE.equals(isNew) && product.sku() != null) {
                    newSkus.add(product.sku());
                }
            }
            return new Stored(stored, newSkus);
        });
    }

    /** Null when nothing is different; true when there was none with that SKU under this id. */
    private static @Nullable Boolean store(Db.Session session, String channel, Product product) throws SQLException {
        return session.first(
                """
                with old as (
                  select sku from product where channel = ? and product_id = ? and variant_id = ?),
                kept as (
                  insert into product as p (id, channel, product_id, variant_id, sku, title, price, currency, status, url,
                    source_at, detail, images)
                  values (nextval('ledger_id'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, '[]'))
                  on conflict (channel, product_id, variant_id) do update
                  set sku = excluded.sku, title = excluded.title, price = excluded.price, currency = excluded.currency,
                    status = excluded.status, url = excluded.url, source_at = excluded.source_at,
                    detail = excluded.detail, images = coalesce(?, p.images), changed_at = now()
                  where (p.sku, p.title, p.price, p.currency, p.status, p.url, p.detail, p.images)
                    is distinct from (excluded.sku, excluded.title, excluded.price, excluded.currency, excluded.status,
                      excluded.url, excluded.detail, coalesce(?, p.images))
                  returning sku)
                select kept.sku is distinct from (select sku from old) from kept""",
                row -> row.getBoolean(1),
                channel,
                product.productId(),
                product.variantId(),
                channel,
                product.productId(),
                product.variantId(),
                product.sku(),
                product.title(),
                product.price(),
                product.currency(),
                product.status(),
                product.url(),
                product.updatedAt() == null ? null : Timestamp.from(product.updatedAt()),
                product.detail(),
                product.images(),
                product.images(),
                product.images());
    }

    /** Of articles that are known; answers how many are different now. */
    public int storeImages(String channel, List<Product> products) {
        return db.tx(session -> {
            int stored = 0;
            for (Product product : products) {
                stored += session.update(
                        """
                        update product set images = ?, changed_at = now()
                        where channel = ? and product_id = ? and variant_id = ? and images is distinct from ?""",
                        product.images(),
                        channel,
                        product.productId(),
                        product.variantId(),
                        product.images());
            }
            return stored;
        });
    }

    public Optional<ProductRow> find(long id) {
        return db.query("select * from product where id = ?", ProductRow::read, id).stream()
                .findFirst();
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<ProductRow> list(@Nullable String channel, @Nullable String sku, @Nullable String cursor, int limit) {
        Where where =
                new Where().andIf(channel, "channel = ?").andIf(sku, "sku = ?").and("id < ?", Cursor.idOf(cursor));
        return Slice.of(
                db.query(
                        "select * from product where " + where.sql() + " order by id desc limit ?",
                        ProductRow::read,
                        where.parameters(limit + 1)),
                limit,
                row -> Cursor.of(row.id()));
    }
}
