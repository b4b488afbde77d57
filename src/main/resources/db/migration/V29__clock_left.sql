-- What is left of a clock that stands still is kept to the second: a begun minute rounded up could reach over the close of a day.
alter table order_clock rename column left_minutes to left_seconds;
