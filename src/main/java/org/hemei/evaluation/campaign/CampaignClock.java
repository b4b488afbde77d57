package org.hemei.evaluation.campaign;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.InstantSource;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.time.CivilTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** The calendar of campaigns: looks every ten minutes whether a date has come, and does what it asks. */
@Configuration(proxyBeanMethods = false)
class CampaignClock {

    @Bean
    Task<Void> campaignClockTask(Calendar calendar) {
        return Tasks.recurring("evaluation-calendar", FixedDelay.ofMinutes(10))
                .execute((task, context) -> calendar.turn());
    }

    /** One campaign that fails does not keep the others waiting. */
    @Component
    static class Calendar {

        private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);

        private final Campaigns campaigns;
        private final CampaignDesk desk;
        private final Owed owed;
        private final Hearings hearings;
        private final ScoreDesk scores;
        private final VoidHearings voids;
        private final InstantSource clock;

        Calendar(
                Campaigns campaigns,
                CampaignDesk desk,
                Owed owed,
                Hearings hearings,
                ScoreDesk scores,
                VoidHearings voids,
                InstantSource clock) {
            this.campaigns = campaigns;
            this.desk = desk;
            this.owed = owed;
            this.hearings = hearings;
            this.scores = scores;
            this.voids = voids;
            this.clock = clock;
        }

        void turn() {
            for (var campaign : campaigns.running()) {
                try {
                    while (desk.advance(campaign.id())) {
                        // after a time of standing still several dates may have passed
                    }
                } catch (RuntimeException e) {
                    LOG.error("campaign {} could not be moved", campaign.id(), e);
                }
            }
            for (var project : hearings.over(CivilTime.date(clock.instant()))) {
                try {
                    scores.heard(project);
                } catch (RuntimeException e) {
                    LOG.error("score of project {} could not be made final", project, e);
                }
            }
            voids.settle();
            owed.due().forEach(owed::remind);
        }
    }
}
