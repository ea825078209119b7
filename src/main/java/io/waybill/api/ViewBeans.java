package io.waybill.api;

import io.waybill.ledger.AuditLog;
import io.waybill.ledger.DeliveryViews;
import io.waybill.ledger.DocumentViews;
import io.waybill.ledger.FormerChannels;
import io.waybill.ledger.HealthFigures;
import io.waybill.ledger.IssueViews;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.ReceiptViews;
import io.waybill.ledger.Switches;
import io.waybill.ledger.SyncLog;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reading side of the ledger, for the API and the console. */
@Configuration(proxyBeanMethods = false)
class ViewBeans {
    @Bean
    OrderViews orderViews(DataSource dataSource) {
        return new OrderViews(dataSource);
    }

    @Bean
    DeliveryViews deliveryViews(DataSource dataSource) {
        return new DeliveryViews(dataSource);
    }

    @Bean
    ReceiptViews receiptViews(DataSource dataSource) {
        return new ReceiptViews(dataSource);
    }

    @Bean
    DocumentViews documentViews(DataSource dataSource) {
        return new DocumentViews(dataSource);
    }

    @Bean
    HealthFigures healthFigures(DataSource dataSource) {
        return new HealthFigures(dataSource);
    }

    @Bean
    IssueViews issueViews(DataSource dataSource) {
        return new IssueViews(dataSource);
    }

    @Bean
    AuditLog auditLog(DataSource dataSource) {
        return new AuditLog(dataSource);
    }

    @Bean
    ManualRetries manualRetries(DataSource dataSource) {
        return new ManualRetries(dataSource);
    }

    @Bean
    SyncLog syncLog(DataSource dataSource) {
        return new SyncLog(dataSource);
    }

    @Bean
    FormerChannels formerChannels(DataSource dataSource) {
        return new FormerChannels(dataSource);
    }

    @Bean
    Switches switches(DataSource dataSource) {
        return new Switches(dataSource);
    }
}
